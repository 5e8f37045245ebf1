package io.risefall.query.report.section;

import io.risefall.query.report.fleet.FleetRoles;
import io.risefall.query.report.fleet.StateTimeline;
import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.RoleDay;
import io.risefall.query.report.model.RoleDay.Failover;
import io.risefall.query.report.model.RoleDay.Leaderless;
import io.risefall.query.report.model.RoleDay.Standby;
import io.risefall.query.report.model.StateSpan;
import io.risefall.query.sql.SqlQuery;
import io.risefall.schemas.message.Health;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The role backends of a period, read from the warehouse's views. */
public final class RoleReader {
    private static final SqlQuery POSSIBLE_ROLES = new SqlQuery("report/possible_roles.sql");
    private static final SqlQuery ROLES = new SqlQuery("report/roles.sql");
    private static final SqlQuery LEADERS = new SqlQuery("report/leaders.sql");
    private static final SqlQuery FAILOVERS = new SqlQuery("report/failovers.sql");

    private final Map<Backend, String> how;
    private final Set<String> proxies;
    private final Set<Backend> stored;
    private final Map<Backend, List<Led>> led = new HashMap<>();
    private final Map<Backend, List<Failover>> failovers = new HashMap<>();

    private RoleReader(Map<Backend, String> how, Set<Backend> stored) {
        this.how = how;
        this.stored = stored;
        this.proxies = how.keySet().stream().map(Backend::proxy).collect(Collectors.toSet());
    }

    public static RoleReader read(Connection views, Period period, DayRequest request) throws SQLException {
        @Nullable String wished = request.roles() == null ? null : request.roles().text();
        Map<Backend, String> how = roles(views, wished);
        Set<Backend> stored = Set.copyOf((wished == null ? how : roles(views, null)).keySet());
        how.keySet().removeIf(backend -> !request.includes(backend.node));
        return new RoleReader(how, stored).during(views, period, request);
    }

    /** The same role backends in another period, of a request for the same nodes and roles. */
    RoleReader during(Connection views, Period period, DayRequest request) throws SQLException {
        @Nullable String wished = request.roles() == null ? null : request.roles().text();
        RoleReader roles = new RoleReader(how, stored);
        if (!how.isEmpty()) {
            LEADERS.query(
                    views,
                    row -> roles.led
                            .computeIfAbsent(backend(row), k -> new ArrayList<>())
                            .add(led(row)),
                    period.from(),
                    period.to(),
                    wished);
            FAILOVERS.query(
                    views,
                    row -> roles.failovers
                            .computeIfAbsent(backend(row), k -> new ArrayList<>())
                            .add(failover(row)),
                    period.from(),
                    period.to(),
                    wished);
        }
        return roles;
    }

    private static Map<Backend, String> roles(Connection views, @Nullable String patterns) throws SQLException {
        Map<Backend, String> how = new LinkedHashMap<>();
        if (POSSIBLE_ROLES.query(views, row -> row.number("backends"), patterns).get(0) > 0) {
            ROLES.query(views, row -> how.put(backend(row), row.text("how")), patterns);
        }
        return how;
    }

    /** The role backends as the warehouse knows them, whatever this report was asked for: of each one {@code part}. */
    List<String> stored(Function<Backend, String> part) {
        return stored.stream().map(part).toList();
    }

    /** Whether what is down there is no outage: what is so for one node is so for the fleet. */
    public boolean isRole(String proxy) {
        return proxies.contains(proxy);
    }

    /** Each role backend of the fleet of which the period knows anything, by name. */
    public List<RoleDay> days(Period period, Map<String, Instant> knownUntil, List<DayOutage> outages) {
        FleetRoles fleet = new FleetRoles(period);
        return how.keySet().stream()
                .filter(led::containsKey)
                .sorted(Comparator.comparing(Backend::proxy).thenComparing(Backend::node))
                .map(backend -> day(backend, period, knownUntil, outages))
                .collect(Collectors.groupingBy(RoleDay::proxy, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(fleet::of)
                .toList();
    }

    private RoleDay day(Backend backend, Period period, Map<String, Instant> knownUntil, List<DayOutage> outages) {
        List<Led> own = led.get(backend);
        List<StateSpan> spans =
                StateTimeline.fill(period, own.stream().map(Led::span).toList());
        Led last = own.get(own.size() - 1);
        boolean lastsToTheEnd = !last.span.to().isBefore(period.to())
                || (last.until == null && period.reachesTheEnd(knownUntil.getOrDefault(backend.node, Instant.MIN)));
        return new RoleDay(
                backend.node,
                List.of(backend.node),
                backend.proxy,
                how.get(backend),
                lastsToTheEnd ? last.leader : null,
                lastsToTheEnd && last.leader != null ? last.since : null,
                lastsToTheEnd ? last.kind : "unknown",
                StateTimeline.durations(period, spans),
                own.stream()
                        .filter(span -> span.kind.equals("several"))
                        .mapToLong(span -> period.inside(span.span.from(), span.span.to()))
                        .sum(),
                failovers.getOrDefault(backend, List.of()),
                own.stream()
                        .filter(span -> span.kind.equals("leaderless"))
                        .map(span -> new Leaderless(
                                span.since,
                                span.until,
                                span.durationMs,
                                period.inside(span.span.from(), span.span.to())))
                        .toList(),
                standbys(backend, period, outages),
                spans);
    }

    private static List<Standby> standbys(Backend backend, Period period, List<DayOutage> outages) {
        return outages.stream()
                .flatMap(outage -> outage.sightings().stream())
                .filter(outage -> backend.node.equals(outage.node())
                        && outage.proxy().equals(backend.proxy)
                        && (outage.endedAt() == null || !outage.endedAt().isBefore(period.to())))
                .map(outage -> new Standby(outage.server(), outage.startedAt(), outage.reason(), outage.code()))
                .sorted(Comparator.comparing(Standby::server))
                .toList();
    }

    private static Led led(SqlQuery.Row row) throws SQLException {
        String kind = row.text("kind");
        @Nullable String leader = row.textOrNull("leader");
        Health state = RoleDay.state(kind);
        String cause = state == Health.DOWN ? "no leader" : leader == null ? "" : leader;
        return new Led(
                kind,
                leader,
                new StateSpan(state, row.at("from_us"), row.at("to_us"), cause),
                row.at("since_us"),
                row.atOrNull("until_us"),
                row.number("duration_ms"));
    }

    private static Failover failover(SqlQuery.Row row) throws SQLException {
        return new Failover(
                row.at("at_us"), row.text("from_server"), row.text("to_server"), row.number("leaderless_ms"));
    }

    private static Backend backend(SqlQuery.Row row) throws SQLException {
        return new Backend(row.text("node"), row.text("proxy"));
    }

    record Backend(String node, String proxy) {}

    /** A stretch of the view behind the roles, cut to the period. */
    private record Led(
            String kind,
            @Nullable String leader,
            StateSpan span,
            Instant since,
            @Nullable Instant until,
            long durationMs) {}
}
