package io.risefall.query.report.fleet;

import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.RoleDay;
import io.risefall.query.report.model.RoleDay.Failover;
import io.risefall.query.report.model.RoleDay.Leaderless;
import io.risefall.query.report.model.RoleDay.Standby;
import io.risefall.query.report.model.StateSpan;
import io.risefall.query.time.Millis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A role backend of the fleet, from what each of its nodes saw: without leader while a node sees none. */
public final class FleetRoles {
    /** Nodes see a failover by their own checks. */
    private static final Duration NEAR = Duration.ofSeconds(60);

    private final Period period;

    public FleetRoles(Period period) {
        this.period = period;
    }

    /** @param nodes the day of one backend, as each node that knows it saw it */
    public RoleDay of(List<RoleDay> nodes) {
        if (nodes.size() == 1) {
            return nodes.get(0);
        }
        List<StateSpan> spans =
                FleetTimeline.merge(nodes.stream().map(RoleDay::spans).toList(), List.of());
        String leadership = leadership(nodes);
        @Nullable String leader = leadership.equals("led") ? leader(nodes) : null;
        return new RoleDay(
                null,
                nodes.stream().map(RoleDay::node).filter(Objects::nonNull).toList(),
                nodes.get(0).proxy(),
                nodes.stream().anyMatch(node -> !node.isAssumed()) ? "set" : "learnt",
                leader,
                leader == null ? null : since(nodes),
                leadership,
                StateTimeline.durations(period, spans),
                nodes.stream().mapToLong(RoleDay::severalMs).max().orElse(0),
                failovers(nodes),
                leaderless(nodes),
                standbys(nodes),
                spans);
    }

    /** At the end: without leader if a node says so; nodes that name different leaders see several. */
    private static String leadership(List<RoleDay> nodes) {
        List<String> told = nodes.stream()
                .map(RoleDay::leadership)
                .filter(said -> !said.equals("unknown"))
                .distinct()
                .toList();
        if (told.isEmpty()) {
            return "unknown";
        }
        if (told.contains("leaderless")) {
            return "leaderless";
        }
        boolean differ = nodes.stream()
                        .map(RoleDay::leader)
                        .filter(Objects::nonNull)
                        .distinct()
                        .count()
                > 1;
        return differ || told.contains("several") ? "several" : told.contains("led") ? "led" : told.get(0);
    }

    private static @Nullable String leader(List<RoleDay> nodes) {
        return nodes.stream()
                .map(RoleDay::leader)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Instant since(List<RoleDay> nodes) {
        return nodes.stream()
                .map(RoleDay::since)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static List<Failover> failovers(List<RoleDay> nodes) {
        Map<List<String>, List<OfNode<Failover>>> kinds = new LinkedHashMap<>();
        nodes.forEach(node -> node.failovers()
                .forEach(one -> kinds.computeIfAbsent(
                                List.of(one.fromServer(), one.toServer()), any -> new ArrayList<>())
                        .add(new OfNode<>(node, one))));
        return kinds.values().stream()
                .flatMap(seen -> together(seen, Failover::at, Failover::at).stream())
                .map(group -> new Failover(
                        group.get(0).at(),
                        group.get(0).fromServer(),
                        group.get(0).toServer(),
                        group.stream().mapToLong(Failover::leaderlessMs).max().orElse(0)))
                .sorted(Comparator.comparing(Failover::at))
                .toList();
    }

    private List<Leaderless> leaderless(List<RoleDay> nodes) {
        List<OfNode<Leaderless>> seen = nodes.stream()
                .flatMap(node -> node.leaderless().stream().map(one -> new OfNode<>(node, one)))
                .toList();
        return together(seen, Leaderless::from, FleetRoles::end).stream()
                .map(this::span)
                .toList();
    }

    private Leaderless span(List<Leaderless> group) {
        Instant from = group.get(0).from();
        Instant until = group.stream()
                .map(FleetRoles::end)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        boolean lasts = group.stream().anyMatch(one -> one.to() == null);
        return new Leaderless(from, lasts ? null : until, Millis.between(from, until), period.inside(from, until));
    }

    private static Instant end(Leaderless one) {
        return one.to() == null ? one.from().plusMillis(one.durationMs()) : one.to();
    }

    private static List<Standby> standbys(List<RoleDay> nodes) {
        Map<String, Standby> servers = new LinkedHashMap<>();
        nodes.forEach(node -> node.standbys().forEach(one -> servers.putIfAbsent(one.server(), one)));
        return servers.values().stream()
                .sorted(Comparator.comparing(Standby::server))
                .toList();
    }

    private static <T> List<List<T>> together(
            List<OfNode<T>> seen, Function<T, Instant> from, Function<T, Instant> until) {
        return Sighting.group(seen, one -> new Sighting(one.node(), from.apply(one.what), until.apply(one.what)), NEAR)
                .stream()
                .map(group -> group.stream().map(one -> one.what).toList())
                .toList();
    }

    private record OfNode<T>(RoleDay of, T what) {
        String node() {
            return Objects.requireNonNull(of.node());
        }
    }
}
