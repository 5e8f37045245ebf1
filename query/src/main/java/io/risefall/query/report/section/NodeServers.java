package io.risefall.query.report.section;

import io.risefall.query.report.fleet.FleetOutages;
import io.risefall.query.report.fleet.NodeServer;
import io.risefall.query.report.fleet.OutageSums;
import io.risefall.query.report.fleet.StateTimeline;
import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.SeenBy;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.StateSpan;
import io.risefall.query.sql.SqlQuery;
import io.risefall.schemas.message.Health;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the servers of a day, or of several, as each node knows them. */
final class NodeServers {
    private static final SqlQuery SERVERS = new SqlQuery("report/servers.sql");
    private static final SqlQuery STATES = new SqlQuery("report/states.sql");
    private static final SqlQuery SERVER_DAY = new SqlQuery("report/server_day.sql");

    private final Connection views;
    private final Period period;
    private final Map<String, Instant> knownUntil;
    private final RoleReader roles;

    NodeServers(Connection views, Period period, Map<String, Instant> knownUntil, RoleReader roles) {
        this.views = views;
        this.period = period;
        this.knownUntil = knownUntil;
        this.roles = roles;
    }

    /** The states of all servers, each server's in order of time. */
    List<NodeState> states() throws SQLException {
        return STATES.query(views, this::state, period.from(), period.to());
    }

    /** All servers of the log. */
    static List<KnownServer> known(Connection views) throws SQLException {
        return SERVERS.query(views, NodeServers::knownServer);
    }

    /** By server of the fleet, each one's by node. */
    Map<String, List<NodeServer>> byServer(
            List<KnownServer> all, List<NodeState> states, List<FleetOutages.NodeOutage> seen) throws SQLException {
        Map<ServerKey, List<NodeState>> statesOf = new HashMap<>();
        states.forEach(state ->
                statesOf.computeIfAbsent(state.key(), k -> new ArrayList<>()).add(state));
        Map<ServerKey, List<DayOutage>> outagesOf = new HashMap<>();
        seen.forEach(one -> outagesOf
                .computeIfAbsent(ServerKey.of(one.outage()), k -> new ArrayList<>())
                .add(one.outage()));
        Map<ServerKey, DayCounts> countsOf = new HashMap<>();
        SERVER_DAY
                .query(
                        views,
                        NodeServers::counts,
                        period.zone().getId(),
                        period.day().toString(),
                        period.lastDay().toString())
                .forEach(counts -> countsOf.put(counts.key, counts));
        Map<String, List<NodeServer>> servers = new LinkedHashMap<>();
        for (KnownServer known : all) {
            List<NodeState> own = statesOf.get(known.key);
            if (own != null) {
                NodeServer server =
                        server(known, own, outagesOf.getOrDefault(known.key, List.of()), countsOf.get(known.key));
                servers.computeIfAbsent(server.server().name(), k -> new ArrayList<>())
                        .add(server);
            }
        }
        return servers;
    }

    private NodeServer server(
            KnownServer known, List<NodeState> own, List<DayOutage> outages, @Nullable DayCounts counts) {
        List<StateSpan> spans =
                StateTimeline.fill(period, own.stream().map(NodeState::span).toList());
        NodeState last = own.get(own.size() - 1);
        // An open state is cut where its node's log ends, which may be the end that all of them have.
        boolean lastsToTheEnd = !last.span().to().isBefore(period.to())
                || (last.until() == null
                        && period.reachesTheEnd(knownUntil.getOrDefault(known.key.node(), Instant.MIN)));
        Health lastState = last.span().state();
        // Only a word ends an outage or maintenance: what lasted when a log ended is not over.
        boolean isSaid =
                lastsToTheEnd || (last.until() == null && (lastState == Health.DOWN || lastState == Health.MAINT));
        return new NodeServer(
                new ServerDay(
                        known.key.node(),
                        known.key.proxy(),
                        known.key.server(),
                        known.backup,
                        isSaid ? lastState : Health.UNKNOWN,
                        isSaid ? last.since() : last.span().to(),
                        isSaid && lastState == Health.DOWN ? SeenBy.one(known.key.node()) : null,
                        counts == null
                                ? StateTimeline.durations(period, spans)
                                : StateTimeline.durations(period, spans)
                                        .withDoubted(counts.doubtedUpMs, counts.doubtedDownMs),
                        outages.size(),
                        counts == null ? 0 : counts.flaps,
                        counts == null ? 0 : counts.flappingMs,
                        OutageSums.longest(outages, DayOutage::durationMs),
                        OutageSums.longest(outages, DayOutage::inDayMs),
                        counts == null ? null : counts.mttrMs,
                        known.lastReason,
                        spans,
                        FleetOfDay.explain(period, known.key),
                        roles.isRole(known.key.proxy()),
                        List.of()),
                lastsToTheEnd);
    }

    private NodeState state(SqlQuery.Row row) throws SQLException {
        @Nullable Instant ended = row.atOrNull("until_us");
        Instant to = row.at("to_us");
        return new NodeState(
                ServerKey.of(row),
                new StateSpan(
                        Health.of(row.text("state")),
                        row.at("from_us"),
                        ended == null ? period.validUntil(to) : to,
                        row.text("cause")),
                row.at("since_us"),
                ended);
    }

    private static KnownServer knownServer(SqlQuery.Row row) throws SQLException {
        return new KnownServer(ServerKey.of(row), row.flag("backup"), row.textOrNull("last_reason"));
    }

    private static DayCounts counts(SqlQuery.Row row) throws SQLException {
        return new DayCounts(
                ServerKey.of(row),
                row.count("flaps"),
                row.number("flapping_ms"),
                row.numberOrNull("mttr_ms"),
                row.number("doubted_up_ms"),
                row.number("doubted_down_ms"));
    }

    record KnownServer(
            ServerKey key, boolean backup, @Nullable String lastReason) {}

    private record DayCounts(
            ServerKey key,
            int flaps,
            long flappingMs,
            @Nullable Long mttrMs,
            long doubtedUpMs,
            long doubtedDownMs) {}
}
