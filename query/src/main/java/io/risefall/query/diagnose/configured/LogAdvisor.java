package io.risefall.query.diagnose.configured;

import io.risefall.query.diagnose.ConfigAdvice;
import io.risefall.query.haproxy.ConfiguredProxy;
import io.risefall.query.haproxy.HaproxyConfig;
import io.risefall.query.haproxy.LogDestination;
import io.risefall.query.haproxy.LogDestination.Way;
import io.risefall.query.haproxy.Place;
import io.risefall.query.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What to change in how HAProxy logs. Pure rules. */
final class LogAdvisor {
    private static final Set<String> WITHOUT_HOST = Set.of("raw", "short", "priority", "timed", "iso");

    private final HaproxyConfig config;
    private final List<ConfiguredProxy> proxies;
    private final List<ConfigAdvice> advice = new ArrayList<>();

    private LogAdvisor(HaproxyConfig config, List<ConfiguredProxy> proxies) {
        this.config = config;
        this.proxies = proxies;
    }

    /** @param proxies those that were asked about */
    static List<ConfigAdvice> of(HaproxyConfig config, List<ConfiguredProxy> proxies) {
        LogAdvisor advisor = new LogAdvisor(config, proxies);
        advisor.none();
        advisor.several();
        advisor.withoutRecoveries();
        advisor.datagrams();
        advisor.withoutHostname();
        return advisor.advice;
    }

    private void none() {
        List<Place> places = proxies.stream()
                .filter(proxy -> proxy.logs().isEmpty())
                .map(ConfiguredProxy::place)
                .toList();
        add(places, "It logs nowhere.", "In this section, or in defaults, with a log line in global:", "log global");
    }

    private void several() {
        List<LogDestination> targets = proxies.stream()
                .map(proxy ->
                        proxy.logs().stream().filter(target -> !target.shared()).toList())
                .filter(logs -> logs.size() > 1)
                .findFirst()
                .orElse(List.of());
        add(
                places(targets),
                targets.size() + " log targets: each line is sent " + targets.size()
                        + " times. Risefall counts repeats once; other readers of the log may not.",
                "Of these lines keep one, unless each has a reader of its own:",
                targets.stream()
                        .filter(LogDestination::hasNotices)
                        .findFirst()
                        .map(target -> Printable.of(target.line(target.level())))
                        .orElse("log global"));
    }

    private void withoutRecoveries() {
        for (LogDestination target : targets(target -> !target.hasNotices())) {
            add(
                    List.of(target.place()),
                    "Its level is " + Printable.of(String.valueOf(target.level()))
                            + ": a server's DOWN is sent there, and never its UP, which is a notice.",
                    "In place of this line:",
                    Printable.of(target.line("notice")));
        }
    }

    private void datagrams() {
        List<LogDestination> targets = targets(target -> target.way() == Way.UDP);
        if (targets.isEmpty()) {
            return;
        }
        LogDestination first = targets.get(0);
        add(
                places(targets),
                "UDP: what the network or the kernel drops is lost, and nobody keeps it while the receiver is away.",
                "A ring that sends by TCP (HAProxy 2.2 and later), to risefall run --syslog-tcp, which keeps a journal:",
                "ring risefall",
                "    format rfc5424",
                "    maxlen 8192",
                "    size 1048576",
                "    timeout connect 5s",
                "    timeout server 10s",
                "    server risefall " + Printable.of(Objects.requireNonNull(first.target()))
                        + " log-proto octet-count",
                "# and in place of the line:",
                "    log ring@risefall " + Printable.of(first.facility()));
    }

    /** A unix socket's reader knows the host; with the name in the line it would write it twice. */
    private void withoutHostname() {
        List<LogDestination> targets = targets(
                target -> target.isNetwork() && (target.format() == null || !WITHOUT_HOST.contains(target.format())));
        if (config.sendsHostname() == null && !targets.isEmpty() && config.global() != null) {
            add(
                    List.of(config.global()),
                    "Lines go over the network without the name of this host: those of several load balancers cannot be told apart"
                            + " but by their addresses.",
                    "In global:",
                    "log-send-hostname");
        }
    }

    private List<LogDestination> targets(Predicate<LogDestination> which) {
        return proxies.stream()
                .flatMap(proxy -> proxy.logs().stream())
                .filter(which)
                .collect(Collectors.toCollection(LinkedHashSet::new))
                .stream()
                .toList();
    }

    private static List<Place> places(List<LogDestination> targets) {
        return targets.stream().map(LogDestination::place).toList();
    }

    private void add(List<Place> places, String why, String how, String... paste) {
        if (!places.isEmpty()) {
            advice.add(new ConfigAdvice(why, ConfigAdvisor.names(places), how, List.of(paste)));
        }
    }
}
