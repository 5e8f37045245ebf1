package io.risefall.query.diagnose.configured;

import io.risefall.query.diagnose.DiagnosisAnswer;
import io.risefall.query.diagnose.OutageDiagnosis;
import io.risefall.query.haproxy.Address;
import io.risefall.query.haproxy.CheckEndpoint;
import io.risefall.query.haproxy.Configured;
import io.risefall.query.haproxy.ConfiguredServer;
import io.risefall.query.haproxy.HaproxyConfig;
import io.risefall.query.haproxy.HttpRequest;
import io.risefall.query.report.cause.Cause;
import io.risefall.query.report.cause.Diagnosis.Step;
import io.risefall.query.report.cause.NextSteps;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.text.Printable;
import io.risefall.query.time.Durations;
import io.risefall.schemas.key.ServerName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Adds to an answer what a configuration tells. It is read where the command runs, and is not sent to the service. */
public final class ConfiguredDiagnosis {
    private static final int MOST_NAMES = 5;

    private final HaproxyConfig config;

    public ConfiguredDiagnosis(HaproxyConfig config) {
        this.config = config;
    }

    /** @param target what was asked about; all servers where it was one outage */
    public DiagnosisAnswer of(DiagnosisAnswer answer, ServerTarget target) {
        Set<String> proxies = new TreeSet<>();
        answer.outages().forEach(outage -> proxies.add(outage.proxy()));
        Predicate<ConfiguredServer> meant = server -> proxies.isEmpty()
                ? target.proxy() == null || target.proxy().equals(server.proxy().name())
                : proxies.contains(server.proxy().name());
        List<ConfiguredServer> servers = config.servers().stream().filter(meant).toList();
        return new DiagnosisAnswer(
                answer.format(),
                answer.asked(),
                answer.sentence(),
                answer.zone(),
                answer.outages().stream().map(this::of).toList(),
                answer.notShown(),
                answer.servers(),
                facts(answer, target),
                ConfigAdvisor.of(config, servers));
    }

    private OutageDiagnosis of(OutageDiagnosis outage) {
        Optional<ConfiguredServer> found = config.server(outage.proxy(), outage.server());
        if (found.isEmpty()) {
            return outage.configured(outage.next(), List.of("It is not in the configuration, or not for certain."));
        }
        ConfiguredServer server = found.get();
        List<String> facts = new ArrayList<>();
        facts.add(check(server));
        if (server.isChecked()) {
            facts.add(CheckLimit.of(server)
                    .map(limit -> limit.about(outage))
                    .orElse(
                            "The file does not tell how long a check may take: an environment variable or an undecided .if sets"
                                    + " it."));
        }
        if (!server.certain()) {
            facts.add("The file does not tell whether " + server.place() + " applies: it is within an undecided .if.");
        }
        return outage.configured(steps(outage, server), facts);
    }

    private List<Step> steps(OutageDiagnosis outage, ConfiguredServer server) {
        Cause cause = Arrays.stream(Cause.values())
                .filter(one -> one.words().equals(outage.cause()))
                .findFirst()
                .orElse(null);
        // A cause of a newer service keeps the steps that came with it.
        return cause == null || cause == Cause.FOLLOWS
                ? outage.next()
                : NextSteps.of(
                        cause,
                        new ServerName(outage.proxy(), outage.server()),
                        new ConfiguredReach(
                                server,
                                config.statsSockets().stream().findFirst().orElse(null)));
    }

    /** {@code haproxy.cfg:12: checked at 10.0.0.5:8080 (GET /health), every 2 s, DOWN after 3 failures, UP after 2 successes.} */
    private static String check(ConfiguredServer server) {
        if (server.track() != null) {
            String tracked = server.track().value();
            return server.place() + ": it tracks "
                    + (tracked == null ? "a server that the file does not name" : Printable.of(tracked))
                    + ", and is not checked itself.";
        }
        if (!server.isChecked()) {
            return server.place()
                    + (server.agentCheck() == null
                                    || Boolean.FALSE.equals(server.agentCheck().value())
                            ? ": it is not checked."
                            : ": HAProxy does not check it itself, and asks its agent only.");
        }
        CheckEndpoint endpoint = server.endpoint();
        HttpRequest request = endpoint.request();
        String asked = request == null
                ? ""
                : " (" + (request.method() == null ? "METHOD" : Printable.of(request.method())) + " "
                        + (request.uri() == null ? "URI not known" : Printable.of(Secrets.uri(request.uri()))) + ")";
        return server.place() + ": checked at " + place(endpoint)
                + endpoint.isTls().map(tls -> tls ? " with TLS" : "").orElse(", perhaps with TLS") + asked
                + ", every " + time(server.inter(), ConfiguredServer.USUAL_INTER_MILLIS)
                + also(server.fastinter(), " while it changes") + also(server.downinter(), " while DOWN")
                + "; DOWN after " + count(server.fall(), ConfiguredServer.USUAL_FALL)
                + " failed, UP after " + count(server.rise(), ConfiguredServer.USUAL_RISE) + " passed.";
    }

    private static String place(CheckEndpoint endpoint) {
        Address address = endpoint.address().value();
        if (address == null) {
            return "an address that the file does not tell";
        }
        return switch (address.kind()) {
            case UNIX -> Printable.of(address.host());
            case OTHER -> "an address that no command reaches";
            default ->
                Printable.of(address.host().isEmpty() ? "any address" : address.inUri()) + ":"
                        + endpoint.knownPort().map(String::valueOf).orElse("a port that the file does not tell");
        };
    }

    private static String time(@Nullable Configured<Long> setting, long usual) {
        if (setting == null) {
            return Durations.text(usual);
        }
        return setting.known().map(Durations::text).orElse("interval not known");
    }

    private static String also(@Nullable Configured<Long> setting, String when) {
        return setting == null ? "" : ", " + time(setting, 0) + when;
    }

    private static String count(@Nullable Configured<Integer> setting, int usual) {
        if (setting == null) {
            return Integer.toString(usual);
        }
        return setting.known().map(String::valueOf).orElse("an unknown number of");
    }

    private List<String> facts(DiagnosisAnswer answer, ServerTarget target) {
        Set<String> logged = new TreeSet<>(answer.servers());
        Set<String> configured = new TreeSet<>();
        Set<String> checked = new TreeSet<>();
        config.servers().stream()
                .filter(server ->
                        new ServerTarget(target.proxy(), target.server(), null).includes("", server.fullName()))
                .forEach(server -> {
                    configured.add(server.fullName());
                    if (server.isChecked() || server.track() != null) {
                        checked.add(server.fullName());
                    }
                });
        List<String> facts = new ArrayList<>();
        differing(logged, configured)
                .ifPresent(names -> facts.add("In the log and not in the configuration: " + names));
        differing(checked, logged).ifPresent(names -> facts.add("In the configuration and not in the log: " + names));
        return facts;
    }

    private static Optional<String> differing(Set<String> of, Set<String> without) {
        List<String> names = of.stream()
                .filter(name -> !without.contains(name))
                .map(Printable::of)
                .toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        int more = names.size() - MOST_NAMES;
        return Optional.of(String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
                + (more > 0 ? " and " + more + " more." : "."));
    }
}
