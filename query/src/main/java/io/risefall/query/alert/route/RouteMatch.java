package io.risefall.query.alert.route;

import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertProblem;
import io.risefall.query.alert.model.AlertServer;
import io.risefall.query.alert.model.AlertSeverity;
import io.risefall.query.text.NamePattern;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What a message must be about. Of a list one must match, and an empty one matches everything. Node, proxy and server must match
 * one and the same server of the alert.
 *
 * @param nodes patterns of HAProxy hosts
 * @param proxies patterns of backends
 * @param servers patterns of servers, as {@code srv*} or {@code web/srv*}
 */
public record RouteMatch(
        List<String> nodes,
        List<String> proxies,
        List<String> servers,
        Set<AlertProblem> problems,
        Set<AlertSeverity> severities) {
    /** Every message. */
    public static final RouteMatch ALL = new RouteMatch(List.of(), List.of(), List.of(), Set.of(), Set.of());

    public RouteMatch {
        nodes = List.copyOf(nodes);
        proxies = List.copyOf(proxies);
        servers = List.copyOf(servers);
        problems = Set.copyOf(problems);
        severities = Set.copyOf(severities);
    }

    public boolean matches(AlertMessage message) {
        if (!(severities.isEmpty() || severities.contains(message.severity()))
                || !(problems.isEmpty() || problems.contains(message.problem()))) {
            return false;
        }
        if (message.servers().isEmpty()) {
            boolean ofBackends =
                    proxies.isEmpty() || message.backends().stream().anyMatch(backend -> any(proxies, backend.proxy()));
            return ofBackends && servers.isEmpty() && ofNodes(message.nodes());
        }
        return message.servers().stream().anyMatch(this::matches);
    }

    private boolean matches(AlertServer server) {
        return (proxies.isEmpty() || any(proxies, server.proxy()))
                && (servers.isEmpty() || any(servers, server.server()) || any(servers, server.name()))
                && ofNodes(server.nodes());
    }

    private boolean ofNodes(Collection<String> names) {
        return nodes.isEmpty() || names.stream().anyMatch(name -> any(nodes, name));
    }

    private static boolean any(List<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> new NamePattern(pattern).matches(name));
    }
}
