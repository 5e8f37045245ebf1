package io.risefall.query.alert.engine;

import io.risefall.query.alert.engine.Trouble.Kind;
import io.risefall.query.alert.model.AlertBackend;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertProblem;
import io.risefall.query.alert.model.AlertServer;
import io.risefall.query.alert.model.AlertTransition;
import io.risefall.query.text.Counts;
import io.risefall.query.text.NameList;
import io.risefall.query.text.Printable;
import io.risefall.query.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a message of an alert, with its sentence.
 *
 * @param endedAt when it was over; null: it is not
 * @param endedBy what ended the last of it
 * @param corrected whether it was said before, otherwise
 */
record AlertWords(
        String id,
        int sequence,
        AlertTransition transition,
        AlertProblem problem,
        Instant now,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        boolean corrected) {
    private static final int MOST_NAMES = 4;
    private static final Comparator<AlertServer> WORST_FIRST = Comparator.comparing(AlertServer::state)
            .thenComparing(AlertServer::proxy)
            .thenComparing(AlertServer::server);

    /** @param unnamed those of the members that are over, and that no message has named before */
    AlertMessage message(
            AlertGroup group,
            Collection<FleetMember> members,
            Collection<FleetMember> unnamed,
            Map<Kind, Map<String, OpenTrouble>> open,
            List<String> nodes,
            Collection<String> outages,
            @Nullable Trouble first,
            List<String> leaderless) {
        List<AlertServer> servers =
                members.stream().map(FleetMember::asServer).sorted(WORST_FIRST).toList();
        Set<String> outageIds = new LinkedHashSet<>(outages);
        outageIds.addAll(open.getOrDefault(Kind.DOWN, Map.of()).keySet());
        List<AlertBackend> backends = backends(servers, open.getOrDefault(Kind.EMPTY, Map.of()), leaderless);
        String incident = first == null ? null : AlertIds.of("incident " + first.id());
        String what = switch (group) {
            case SERVERS -> servers(servers, backends, nodes);
            case LEADER ->
                "backend " + names(backends.stream().map(AlertBackend::proxy).toList())
                        + (endedAt == null ? " has" : " had") + " no leader on " + names(nodes);
            case NODES ->
                (nodes.size() == 1 ? "node " : nodes.size() + " nodes: ") + names(nodes)
                        + " printed nothing, not even traffic"
                        + (endedAt == null ? ", for " + lasted() : "");
            case PIPELINE ->
                "alerts are blind: "
                        + open.getOrDefault(Kind.PIPELINE, Map.of()).values().stream()
                                .map(trouble -> String.valueOf(trouble.trouble().words()))
                                .distinct()
                                .collect(Collectors.joining("; "));
        };
        return new AlertMessage(
                id,
                sequence,
                transition,
                problem,
                problem.severity(),
                servers.stream().anyMatch(server -> server.state() == AlertServer.State.FLAPPING),
                now,
                startedAt,
                endedAt,
                Printable.of(sentence(group, what, too(unnamed))),
                servers,
                backends,
                nodes,
                incident,
                List.copyOf(outageIds),
                null,
                null,
                null,
                List.of(),
                incident == null ? "/" : "/incidents/" + incident);
    }

    private static List<AlertBackend> backends(
            List<AlertServer> servers, Map<String, OpenTrouble> empties, List<String> leaderless) {
        Set<String> empty = new TreeSet<>();
        empties.values().forEach(trouble -> empty.add(trouble.trouble().proxy()));
        Set<String> proxies = new TreeSet<>(empty);
        proxies.addAll(leaderless);
        servers.forEach(server -> proxies.add(server.proxy()));
        List<AlertBackend> backends = new ArrayList<>();
        proxies.stream().filter(empty::contains).forEach(proxy -> backends.add(new AlertBackend(proxy, 0, null, true)));
        proxies.stream()
                .filter(proxy -> !empty.contains(proxy))
                .forEach(proxy -> backends.add(new AlertBackend(proxy, null, null, false)));
        return backends;
    }

    private String servers(List<AlertServer> servers, List<AlertBackend> backends, List<String> nodes) {
        List<AlertServer> told = servers.stream()
                .filter(server -> transition == AlertTransition.CLOSED || server.state() != AlertServer.State.OVER)
                .toList();
        List<AlertServer> flapping = told.stream()
                .filter(server -> server.state() == AlertServer.State.FLAPPING)
                .toList();
        List<AlertServer> shown = transition == AlertTransition.FLAPPING ? flapping : told;
        List<String> empty = backends.stream()
                .filter(AlertBackend::empty)
                .map(AlertBackend::proxy)
                .toList();
        String verb;
        if (transition == AlertTransition.FLAPPING) {
            verb = shown.size() == 1 ? " flaps" : " flap";
        } else if (endedAt != null) {
            verb = shown.size() == 1 ? " was DOWN" : " were DOWN";
        } else if (!flapping.isEmpty() && flapping.size() == shown.size()) {
            verb = shown.size() == 1 ? " flaps" : " flap";
        } else {
            verb = (shown.size() == 1 ? " is DOWN" : " are DOWN") + (flapping.isEmpty() ? "" : " or flap");
        }
        String lead = switch (problem) {
            case BACKEND_EMPTY ->
                empty.isEmpty() || endedAt != null
                        ? ""
                        : (empty.size() == 1 ? "backend " : empty.size() + " backends: ") + names(empty)
                                + (empty.size() == 1 ? " has" : " have") + " no server left: ";
            case CAPACITY_LOW -> endedAt == null ? "too few servers are left: " : "";
            case SERVERS_DOWN, NODE_SILENT, PIPELINE_SILENT -> "";
        };
        return lead + subject(shown) + verb + where(nodes) + why(shown);
    }

    private static String too(Collection<FleetMember> unnamed) {
        List<AlertServer> servers =
                unnamed.stream().map(FleetMember::asServer).sorted(WORST_FIRST).toList();
        return servers.isEmpty() ? "" : subject(servers) + (servers.size() == 1 ? " was" : " were") + " DOWN too; ";
    }

    private static String subject(List<AlertServer> servers) {
        if (servers.size() == 1) {
            return "server " + servers.get(0).name();
        }
        Set<String> proxies = new TreeSet<>();
        servers.forEach(server -> proxies.add(server.proxy()));
        String of = proxies.size() == 1
                ? " of backend " + proxies.iterator().next()
                : " of " + Counts.plural(proxies.size(), "backend");
        List<String> names = servers.stream()
                .map(proxies.size() == 1 ? AlertServer::server : AlertServer::name)
                .toList();
        return Counts.servers(servers.size()) + of + " (" + names(names) + ")";
    }

    private static String where(List<String> nodes) {
        return nodes.isEmpty() ? "" : nodes.size() == 1 ? " on " + nodes.get(0) : " on " + nodes.size() + " nodes";
    }

    private String why(List<AlertServer> servers) {
        Set<String> reasons = new TreeSet<>();
        servers.forEach(server -> reasons.add(reason(server)));
        if (reasons.size() > 1 || reasons.contains("") || transition == AlertTransition.CLOSED) {
            return "";
        }
        return ": " + reasons.iterator().next();
    }

    private static String reason(AlertServer server) {
        String words = server.reasonText();
        return words != null ? words : server.reason() == null ? "" : server.reason();
    }

    private String sentence(AlertGroup group, String what, String too) {
        return switch (transition) {
            case OPENED -> capital(what) + ".";
            case FLAPPING -> capital(what) + "; the next message comes when it is calm.";
            case CHANGED -> "Changed: " + what + ".";
            case AMENDED -> "Corrected by late lines: " + too + what + ".";
            case STILL_OPEN -> "Still, after " + lasted() + ": " + what + ".";
            case CLOSED -> closed(group, what);
        };
    }

    private String closed(AlertGroup group, String what) {
        if (group == AlertGroup.PIPELINE) {
            return "Over after " + lasted() + ": lines come in and are processed again.";
        }
        if (corrected && TroubleChange.RETRACTED.equals(endedBy)) {
            return "Corrected by late lines: it was not so that " + what + ".";
        }
        String how = endedBy == null
                ? ""
                : switch (endedBy) {
                    case "maintenance" -> ", and in maintenance since";
                    case "removed" -> ", and removed since";
                    case TroubleChange.UNKNOWN -> ", and no line tells how it ended: HAProxy was restarted or reloaded";
                    case TroubleChange.RETRACTED -> ", as was said; late lines show that it was not DOWN";
                    default -> "";
                };
        return (corrected ? "Corrected by late lines: over after " : "Over after ") + lasted() + ": " + what + how
                + ".";
    }

    private String lasted() {
        Instant until = endedAt == null ? now : endedAt;
        return Durations.text(Math.max(0, Duration.between(startedAt, until).toMillis()));
    }

    private static String names(List<String> names) {
        return NameList.some(names, MOST_NAMES);
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
