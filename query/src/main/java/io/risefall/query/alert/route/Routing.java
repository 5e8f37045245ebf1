package io.risefall.query.alert.route;

import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertSeverity;
import io.risefall.query.alert.model.AlertTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides to whom a message goes. Whoever was told of an alert is told how it ends and changes, whatever routes and silences say by
 * then: nothing stays open at a receiver. Pure.
 *
 * @param programs channels that no quiet hours keep the end of an alert from, as nobody is woken by it
 */
public record Routing(List<AlertRoute> routes, Set<String> programs) {
    public Routing {
        routes = List.copyOf(routes);
        programs = Set.copyOf(programs);
    }

    /**
     * How a channel has, or will get, an earlier message of an alert that has not ended since.
     *
     * @param heard whether not all of them are kept back by quiet hours
     */
    public record Told(String route, boolean heard) {}

    /**
     * Decides; at least one decision.
     *
     * @param told by channel
     */
    public List<Decision> decide(AlertMessage message, Map<String, Told> told, Silencing silences, Instant now) {
        if (message.isOver()) {
            return told.isEmpty()
                    ? List.of(new Decision(null, null, NotificationState.FOLDED, "nobody was told that it began", null))
                    : deliver(message, routes(told), told, now);
        }
        Optional<String> silenced = silences.of(message);
        if (silenced.isPresent()) {
            return List.of(new Decision(null, null, NotificationState.SILENCED, silenced.get(), now));
        }
        Map<String, String> routed = matching(message);
        if (message.transition() == AlertTransition.CHANGED || message.transition() == AlertTransition.AMENDED) {
            routes(told).forEach(routed::putIfAbsent);
        }
        return routed.isEmpty()
                ? List.of(new Decision(null, null, NotificationState.NO_ROUTE, "no route matches", null))
                : deliver(message, routed, told, now);
    }

    /** The channels of the routes that match, each by the first of them. */
    private Map<String, String> matching(AlertMessage message) {
        Map<String, String> routed = new LinkedHashMap<>();
        for (AlertRoute route : routes) {
            if (route.match().matches(message)) {
                route.channels().forEach(channel -> routed.putIfAbsent(channel, route.name()));
                if (!route.goesOn()) {
                    break;
                }
            }
        }
        return routed;
    }

    private static Map<String, String> routes(Map<String, Told> told) {
        Map<String, String> routes = new LinkedHashMap<>();
        told.forEach((channel, by) -> routes.put(channel, by.route()));
        return routes;
    }

    private List<Decision> deliver(
            AlertMessage message, Map<String, String> routed, Map<String, Told> told, Instant now) {
        List<Decision> decisions = new ArrayList<>();
        routed.forEach((channel, route) -> {
            QuietHours quiet = quiet(route);
            Instant end =
                    quiet == null || passes(message, channel, quiet, told.get(channel)) ? null : quiet.endAfter(now);
            decisions.add(
                    end == null
                            ? new Decision(route, channel, NotificationState.DUE, null, now)
                            : new Decision(route, channel, NotificationState.HELD, "quiet hours " + quiet, end));
        });
        return decisions;
    }

    private boolean passes(AlertMessage message, String channel, QuietHours quiet, @Nullable Told told) {
        return message.isOver()
                ? programs.contains(channel) && told != null && told.heard()
                : quiet.criticalPasses() && message.severity() == AlertSeverity.CRITICAL;
    }

    private @Nullable QuietHours quiet(String name) {
        return routes.stream()
                .filter(route -> route.name().equals(name))
                .findFirst()
                .map(AlertRoute::quiet)
                .orElse(null);
    }
}
