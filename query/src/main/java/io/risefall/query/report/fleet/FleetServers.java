package io.risefall.query.report.fleet;

import io.risefall.query.report.DayReport.OutageOfDay;
import io.risefall.query.report.DayReport.Server;
import io.risefall.query.report.DayReport.Stretch;
import io.risefall.query.report.OutageSums;
import io.risefall.query.report.Period;
import io.risefall.query.report.Stretches;
import io.risefall.query.report.Times;
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
    private final Map<String, List<OutageOfDay>> outages;

    /** @param outages of the fleet, by server, in order of time */
    public FleetServers(Period period, Map<String, List<OutageOfDay>> outages) {
        this.period = period;
        this.outages = outages;
    }

    /**
     * One server.
     *
     * @param nodes its rows, one for each node that knows it, by name of the node
     */
    public Server of(List<NodeServer> nodes) {
        List<OutageOfDay> own = outages.getOrDefault(nodes.get(0).server().name(), List.of());
        List<OutageOfDay> recovered = OutageSums.recovered(own, period.to());
        Health state = atEnd(nodes);
        if (nodes.size() == 1) {
            return of(nodes.get(0).server(), nodes, own, recovered, state);
        }
        List<Server> rows = nodes.stream().map(NodeServer::server).toList();
        Server first = rows.get(0);
        List<Stretch> states =
                FleetStretches.merge(rows.stream().map(Server::states).toList(), between(own));
        Times time = Stretches.times(period, states)
                .doubted(
                        sum(rows, row -> row.time().doubtedUpMs()),
                        sum(rows, row -> row.time().doubtedDownMs()));
        return new Server(
                null,
                first.proxy(),
                first.server(),
                rows.stream().anyMatch(Server::backup),
                state,
                since(nodes, states, state, own),
                downBy(nodes, state),
                time,
                own.size(),
                recovered.size(),
                rows.stream().mapToLong(Server::flappingMs).max().orElse(0),
                OutageSums.longest(own, OutageOfDay::durationMs),
                OutageSums.longest(own, OutageOfDay::inDayMs),
                OutageSums.mttr(recovered),
                own.isEmpty() ? lastReason(rows) : own.get(own.size() - 1).reason(),
                states,
                null,
                first.role(),
                rows);
    }

    /** A server that one node knows: its row is that node's. */
    private static Server of(
            Server row, List<NodeServer> nodes, List<OutageOfDay> own, List<OutageOfDay> recovered, Health state) {
        return new Server(
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
                OutageSums.longest(own, OutageOfDay::durationMs),
                OutageSums.longest(own, OutageOfDay::inDayMs),
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
                .filter(NodeServer::tells)
                .map(node -> node.server().state())
                .reduce(Health.UNKNOWN, FleetStretches::first);
        return told != Health.UNKNOWN
                ? told
                : nodes.stream()
                        .map(node -> node.server().state())
                        .filter(state -> state == Health.DOWN || state == Health.MAINT)
                        .reduce(Health.UNKNOWN, FleetStretches::first);
    }

    private static @Nullable SeenBy downBy(List<NodeServer> nodes, Health state) {
        if (state != Health.DOWN) {
            return null;
        }
        boolean someTell = nodes.stream().anyMatch(NodeServer::tells);
        List<NodeServer> telling = nodes.stream()
                .filter(node -> !someTell || node.tells())
                .filter(node -> NodeServer.isService(node.server().state()))
                .toList();
        return SeenBy.of(
                telling.stream()
                        .filter(node -> node.server().state() == Health.DOWN)
                        .map(NodeServer::node)
                        .toList(),
                telling.size());
    }

    private @Nullable Instant since(List<NodeServer> nodes, List<Stretch> states, Health state, List<OutageOfDay> own) {
        if (state == Health.DOWN && !own.isEmpty() && own.get(own.size() - 1).isOpen(period.to())) {
            return own.get(own.size() - 1).startedAt();
        }
        List<Instant> said = nodes.stream()
                .map(NodeServer::server)
                .filter(row -> row.state() == state && row.since() != null)
                .map(Server::since)
                .toList();
        Stretch last = states.isEmpty() ? null : states.get(states.size() - 1);
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
    private List<Stretch> between(List<OutageOfDay> outages) {
        return outages.stream()
                .filter(outage -> !outage.byNode().isEmpty())
                .flatMap(outage -> FleetOutages.between(outage, period).stream())
                .toList();
    }

    private static @Nullable String lastReason(List<Server> rows) {
        return rows.stream()
                .map(Server::lastReason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static long sum(List<Server> rows, ToLongFunction<Server> ms) {
        return rows.stream().mapToLong(ms).sum();
    }
}
