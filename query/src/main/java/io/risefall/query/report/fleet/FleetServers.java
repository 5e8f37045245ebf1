package io.risefall.query.report.fleet;

import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.SeenBy;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.StateDurations;
import io.risefall.query.report.model.StateSpan;
import io.risefall.schemas.message.Health;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The servers of the fleet: each {@code proxy/server} once, with the rows of its nodes below it. */
public final class FleetServers {
    private final Period period;
    private final Map<String, List<DayOutage>> outages;

    /** @param outages of the fleet, by server, in order of time */
    public FleetServers(Period period, Map<String, List<DayOutage>> outages) {
        this.period = period;
        this.outages = outages;
    }

    /**
     * One server.
     *
     * @param nodes its rows, one for each node that knows it, by name of the node
     */
    public ServerDay of(List<NodeServer> nodes) {
        List<DayOutage> own = outages.getOrDefault(nodes.get(0).server().name(), List.of());
        List<DayOutage> recovered = OutageSums.recovered(own, period.to());
        Health state = atEnd(nodes);
        if (nodes.size() == 1) {
            return of(nodes.get(0).server(), nodes, own, recovered, state);
        }
        List<ServerDay> rows = nodes.stream().map(NodeServer::server).toList();
        ServerDay first = rows.get(0);
        List<StateSpan> states =
                FleetTimeline.merge(rows.stream().map(ServerDay::states).toList(), between(own));
        StateDurations time = StateTimeline.durations(period, states)
                .withDoubted(
                        sum(rows, row -> row.time().doubtedUpMs()),
                        sum(rows, row -> row.time().doubtedDownMs()));
        return new ServerDay(
                null,
                first.proxy(),
                first.server(),
                rows.stream().anyMatch(ServerDay::backup),
                state,
                since(nodes, states, state, own),
                downBy(nodes, state),
                time,
                own.size(),
                recovered.size(),
                rows.stream().mapToLong(ServerDay::flappingMs).max().orElse(0),
                OutageSums.longest(own, DayOutage::durationMs),
                OutageSums.longest(own, DayOutage::inDayMs),
                OutageSums.mttr(recovered),
                own.isEmpty() ? lastReason(rows) : own.get(own.size() - 1).reason(),
                states,
                null,
                first.role(),
                rows);
    }

    /** A server that one node knows: its row is that node's. */
    private static ServerDay of(
            ServerDay row, List<NodeServer> nodes, List<DayOutage> own, List<DayOutage> recovered, Health state) {
        return new ServerDay(
                row.node(),
                row.proxy(),
                row.server(),
                row.backup(),
                state,
                row.since(),
                downBy(nodes, state),
                row.time(),
                own.size(),
                recovered.size(),
                row.flappingMs(),
                OutageSums.longest(own, DayOutage::durationMs),
                OutageSums.longest(own, DayOutage::inDayMs),
                OutageSums.mttr(recovered),
                row.lastReason(),
                row.states(),
                row.explain(),
                row.role(),
                List.of());
    }

    /**
     * What the nodes say whose logs tell of the end. Where none does, DOWN and maintenance still last: only a word ends them.
     */
    static Health atEnd(List<NodeServer> nodes) {
        Health told = nodes.stream()
                .filter(NodeServer::knowsEndState)
                .map(node -> node.server().state())
                .reduce(Health.UNKNOWN, FleetTimeline::first);
        return told != Health.UNKNOWN
                ? told
                : nodes.stream()
                        .map(node -> node.server().state())
                        .filter(state -> state == Health.DOWN || state == Health.MAINT)
                        .reduce(Health.UNKNOWN, FleetTimeline::first);
    }

    private static @Nullable SeenBy downBy(List<NodeServer> nodes, Health state) {
        if (state != Health.DOWN) {
            return null;
        }
        boolean someTell = nodes.stream().anyMatch(NodeServer::knowsEndState);
        List<NodeServer> telling = nodes.stream()
                .filter(node -> !someTell || node.knowsEndState())
                .filter(node -> NodeServer.isService(node.server().state()))
                .toList();
        return SeenBy.of(
                telling.stream()
                        .filter(node -> node.server().state() == Health.DOWN)
                        .map(NodeServer::node)
                        .toList(),
                telling.size());
    }

    private @Nullable Instant since(List<NodeServer> nodes, List<StateSpan> states, Health state, List<DayOutage> own) {
        if (state == Health.DOWN && !own.isEmpty() && own.get(own.size() - 1).isOpen(period.to())) {
            return own.get(own.size() - 1).startedAt();
        }
        List<Instant> said = nodes.stream()
                .map(NodeServer::server)
                .filter(row -> row.state() == state && row.since() != null)
                .map(ServerDay::since)
                .toList();
        StateSpan last = states.isEmpty() ? null : states.get(states.size() - 1);
        if (last == null || last.state() != state) {
            return said.stream().min(Comparator.naturalOrder()).orElse(null);
        }
        return last.from().isAfter(period.from())
                ? last.from()
                : said.stream()
                        .filter(since -> !since.isAfter(period.from()))
                        .max(Comparator.naturalOrder())
                        .orElse(last.from());
    }

    /** Where an outage goes on from one node to another with nobody who saw it just then. */
    private List<StateSpan> between(List<DayOutage> outages) {
        return outages.stream()
                .filter(outage -> !outage.byNode().isEmpty())
                .flatMap(outage -> FleetOutages.between(outage, period).stream())
                .toList();
    }

    private static @Nullable String lastReason(List<ServerDay> rows) {
        return rows.stream()
                .map(ServerDay::lastReason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static long sum(List<ServerDay> rows, ToLongFunction<ServerDay> ms) {
        return rows.stream().mapToLong(ms).sum();
    }
}
