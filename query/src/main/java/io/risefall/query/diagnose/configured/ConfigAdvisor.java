package io.risefall.query.diagnose.configured;

import io.risefall.query.diagnose.ConfigAdvice;
import io.risefall.query.haproxy.Configured;
import io.risefall.query.haproxy.ConfiguredProxy;
import io.risefall.query.haproxy.ConfiguredServer;
import io.risefall.query.haproxy.HaproxyConfig;
import io.risefall.query.haproxy.Place;
import io.risefall.query.text.Counts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What to change in a configuration, so that the log tells more or checks decide better. Pure rules. */
final class ConfigAdvisor {
    private static final int MOST_PLACES = 5;

    private final List<ConfigAdvice> advice = new ArrayList<>();
    private final List<ConfiguredServer> checked;
    private final Set<ConfiguredProxy> proxies = new LinkedHashSet<>();

    private ConfigAdvisor(List<ConfiguredServer> servers) {
        checked = servers.stream().filter(ConfiguredServer::isChecked).toList();
        checked.forEach(server -> proxies.add(server.proxy()));
    }

    /** @param servers those that were asked about */
    static List<ConfigAdvice> of(HaproxyConfig config, List<ConfiguredServer> servers) {
        ConfigAdvisor advisor = new ConfigAdvisor(servers);
        advisor.checksNotLogged();
        advisor.interBelowTimeout();
        advisor.fallOfOne();
        advisor.advice.addAll(LogAdvisor.of(config, List.copyOf(advisor.proxies)));
        return advisor.advice;
    }

    private void checksNotLogged() {
        List<Place> places = proxies.stream()
                .filter(proxy -> proxy.logsChecks() == null
                        || Boolean.FALSE.equals(proxy.logsChecks().value()))
                .map(ConfiguredProxy::place)
                .toList();
        add(
                places,
                "The log has no checks, only their outcome: what failed before a server went DOWN is not in it.",
                "In this section, or in defaults:",
                "option log-health-checks");
    }

    private void interBelowTimeout() {
        List<Place> places = new ArrayList<>();
        long longest = 0;
        for (ConfiguredServer server : checked) {
            Configured<Long> timeout = server.proxy().checkTimeout();
            Long limit = timeout == null ? null : timeout.value();
            Long inter = server.inter() == null
                    ? Long.valueOf(ConfiguredServer.USUAL_INTER_MILLIS)
                    : server.inter().value();
            if (limit != null && inter != null && inter < limit) {
                places.add(
                        server.inter() == null ? server.place() : server.inter().place());
                longest = Math.max(longest, limit);
            }
        }
        add(
                places,
                "inter is below timeout check: a check that hangs takes longer than inter, so a server that hangs goes DOWN later"
                        + " than inter and fall promise.",
                "Before the server lines, and without inter on them; or lower timeout check:",
                "default-server inter " + longest + "ms");
    }

    private void fallOfOne() {
        List<Place> places = checked.stream()
                .map(ConfiguredServer::fall)
                .filter(fall -> fall != null && Integer.valueOf(1).equals(fall.value()))
                .map(fall -> Objects.requireNonNull(fall).place())
                .toList();
        add(
                places,
                "fall 1: one check that fails, for whatever reason, takes a server out.",
                "Before the server lines, and without fall on them (risefall whatif --fall 3 shows what it would have changed):",
                "default-server fall 3");
    }

    private void add(List<Place> places, String why, String how, String... paste) {
        if (!places.isEmpty()) {
            advice.add(new ConfigAdvice(why, names(places), how, List.of(paste)));
        }
    }

    static List<String> names(List<Place> places) {
        List<String> all = places.stream().map(Place::toString).distinct().toList();
        List<String> some = new ArrayList<>(all.subList(0, Math.min(MOST_PLACES, all.size())));
        if (all.size() > MOST_PLACES) {
            some.add(Counts.plural(all.size() - MOST_PLACES, "more line"));
        }
        return some;
    }
}
