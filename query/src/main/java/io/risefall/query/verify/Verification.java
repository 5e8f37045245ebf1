package io.risefall.query.verify;

import io.risefall.query.text.Counts;
import io.risefall.query.text.NameList;
import io.risefall.query.text.Printable;
import io.risefall.query.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Judges what is known of servers: OK only if each of them is up, none failed within the window, and the log tells so for each
 * node. What a node said of its servers does not count once its log has ended: that a server was down then is no news of now.
 *
 * @param target the words for what was asked
 * @param servers the servers, each as its nodes see it
 * @param nodes the nodes of these servers
 * @param window how long nothing may have failed
 * @param now the end of the window
 */
record Verification(
        String target, List<VerifiedServer> servers, List<VerifiedNode> nodes, Duration window, Instant now) {
    /** How many are told: the answer is one line. */
    private static final int MOST_FINDINGS = 3;

    PluginResult result() {
        List<Finding> findings = new ArrayList<>();
        nodes.forEach(node -> judge(node, findings));
        Set<String> silent =
                nodes.stream().filter(this::isSilent).map(VerifiedNode::node).collect(Collectors.toSet());
        byName(server -> !silent.contains(server.node())).values().forEach(seen -> judge(seen, findings));
        PluginStatus status = findings.stream()
                .map(Finding::status)
                .max(Comparator.naturalOrder())
                .orElse(PluginStatus.OK);
        return new PluginResult(status, findings.isEmpty() ? well() : words(findings), perfData());
    }

    private String well() {
        int many = byName(server -> true).size();
        int resting = byName(VerifiedServer::isResting).size();
        String up;
        if (resting > 0) {
            up = Counts.servers(many) + " of " + target + ": " + (many - resting) + " up, " + resting + " standing by";
        } else {
            up = many == 1 ? Printable.of(servers.get(0).name()) + " is up" : "all " + many + " are up: " + target;
        }
        return up + ", and no check failed in the last " + text(window);
    }

    private static String words(List<Finding> findings) {
        List<String> worstFirst = findings.stream()
                .sorted(Comparator.comparing(Finding::status).reversed())
                .map(Finding::text)
                .toList();
        int more = worstFirst.size() - MOST_FINDINGS;
        return String.join("; ", worstFirst.subList(0, Math.min(MOST_FINDINGS, worstFirst.size())))
                + (more > 0 ? "; and " + more + " more" : "");
    }

    private void judge(VerifiedNode node, List<Finding> findings) {
        String name = Printable.of(node.node());
        if (isSilent(node)) {
            List<String> down = servers.stream()
                    .filter(server -> server.node().equals(node.node()) && server.isBad())
                    .map(VerifiedServer::name)
                    .toList();
            findings.add(new Finding(
                    PluginStatus.UNKNOWN,
                    (node.lastAt() == null
                                    ? "no line of " + name + " has a time"
                                    : "the log of " + name + " ended " + ago(node.lastAt()))
                            + (down.isEmpty() ? "" : ", with " + some(down) + " down")));
        } else if (node.behind() > 0) {
            findings.add(new Finding(
                    PluginStatus.UNKNOWN,
                    Counts.plural(node.behind(), "line") + " of " + name + " wait to be processed"));
        } else if (node.awayMs() > 0) {
            findings.add(new Finding(
                    PluginStatus.UNKNOWN,
                    "Risefall did not listen to " + name + " for " + Durations.text(node.awayMs()) + " of the last "
                            + text(window)));
        }
    }

    private boolean isSilent(VerifiedNode node) {
        return node.lastAt() == null || node.lastAt().isBefore(now.minus(window));
    }

    private void judge(List<VerifiedServer> seen, List<Finding> findings) {
        seen.stream()
                .max(Comparator.comparing(Verification::status))
                .filter(worst -> status(worst) != PluginStatus.OK)
                .ifPresent(worst -> findings.add(new Finding(status(worst), words(worst) + where(worst, seen))));
    }

    private static PluginStatus status(VerifiedServer server) {
        if (server.isBad()) {
            return PluginStatus.CRITICAL;
        }
        if (server.isUnknown()) {
            return PluginStatus.UNKNOWN;
        }
        boolean calm = server.outages() == 0 && server.failedChecks() == 0;
        return server.isResting() || (calm && server.state().equals("up")) ? PluginStatus.OK : PluginStatus.WARNING;
    }

    private String words(VerifiedServer server) {
        String name = Printable.of(server.name());
        Instant since = server.since();
        String so = since == null ? "" : " for " + text(Duration.between(since, now));
        if (server.state().equals("up") && server.certain()) {
            return server.lastEnd() != null
                    ? name + " was down until " + ago(server.lastEnd())
                    : Counts.plural(server.failedChecks(), "check") + " of " + name + " failed"
                            + (server.lastFailed() == null ? "" : ", the latest " + ago(server.lastFailed()));
        }
        return switch (server.state()) {
            case "down" -> name + " has been down" + so + (server.reason() == null ? "" : " (" + server.reason() + ")");
            case "maint" -> name + " has been in maintenance" + so;
            case "drain" -> name + " has been draining" + so;
            default -> "whether " + name + " is up is unknown";
        };
    }

    /** Which nodes say so, where not all do. */
    private static String where(VerifiedServer worst, List<VerifiedServer> seen) {
        List<String> alike = seen.stream()
                .filter(server -> status(server) == status(worst))
                .map(server -> Printable.of(server.node()))
                .toList();
        return alike.size() == seen.size() ? "" : " on " + some(alike) + " of " + seen.size() + " nodes";
    }

    private String perfData() {
        Map<String, List<VerifiedServer>> byName = byName(server -> true);
        Set<String> down = names(byName, VerifiedServer::isBad);
        Set<String> unknown = names(byName, VerifiedServer::isUnknown);
        Set<String> away = names(
                byName,
                server -> server.state().equals("maint") || server.state().equals("drain"));
        Set<String> up = new LinkedHashSet<>(byName.keySet());
        up.removeIf(name ->
                byName.get(name).stream().noneMatch(server -> server.state().equals("up")));
        long outages = byName.values().stream()
                .mapToLong(seen ->
                        seen.stream().mapToLong(VerifiedServer::outages).max().orElse(0))
                .sum();
        long failed = servers.stream().mapToLong(VerifiedServer::failedChecks).sum();
        long age = nodes.stream()
                .map(VerifiedNode::lastAt)
                .filter(at -> at != null)
                .mapToLong(at -> Math.max(0, Duration.between(at, now).toSeconds()))
                .max()
                .orElse(0);
        return "servers=" + byName.size() + " up=" + up.size() + " down=" + down.size() + ";;0 maintenance="
                + away.size()
                + ";0 unknown=" + unknown.size() + " outages=" + outages + ";0 failed_checks=" + failed + ";0 log_age="
                + age + "s";
    }

    private static Set<String> names(Map<String, List<VerifiedServer>> byName, Predicate<VerifiedServer> wanted) {
        return byName.entrySet().stream()
                .filter(seen -> seen.getValue().stream().anyMatch(wanted))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Map<String, List<VerifiedServer>> byName(Predicate<VerifiedServer> wanted) {
        return servers.stream()
                .filter(wanted)
                .collect(Collectors.groupingBy(VerifiedServer::name, LinkedHashMap::new, Collectors.toList()));
    }

    private static String some(List<String> names) {
        return NameList.some(names.stream().map(Printable::of).toList(), MOST_FINDINGS);
    }

    private String ago(Instant at) {
        return text(Duration.between(at, now)) + " ago";
    }

    private static String text(Duration duration) {
        return Durations.text(Math.max(0, duration.toSeconds()) * 1000);
    }
}
