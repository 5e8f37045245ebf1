package io.risefall.query.report;

import io.risefall.query.report.DayReport.AtEnd;
import io.risefall.query.report.DayReport.Fleet;
import io.risefall.query.report.DayReport.OutageOfDay;
import io.risefall.query.report.DayReport.Server;
import io.risefall.schemas.message.Health;
import java.util.List;

/** All servers together: every number is of servers of the fleet and their outages. */
final class Fleets {
    private Fleets() {}

    static Fleet of(Period period, int nodes, List<Server> servers, List<OutageOfDay> outages) {
        List<OutageOfDay> recovered = OutageSums.recovered(outages, period.to());
        return new Fleet(
                servers.size(),
                nodes,
                atEnd(servers),
                servers.stream().map(Server::time).reduce(Times.NONE, Times::plus),
                outages.size(),
                (int) outages.stream()
                        .filter(outage -> !outage.startedAt().isBefore(period.from()))
                        .count(),
                (int) outages.stream()
                        .filter(outage -> outage.seenBy().isSomeOnly())
                        .count(),
                (int) outages.stream().map(OutageOfDay::name).distinct().count(),
                (int) outages.stream()
                        .flatMap(outage -> outage.seenBy().nodes().stream())
                        .distinct()
                        .count(),
                recovered.size(),
                OutageSums.longest(outages, OutageOfDay::durationMs),
                OutageSums.longest(outages, OutageOfDay::inDayMs),
                OutageSums.mttr(recovered));
    }

    private static AtEnd atEnd(List<Server> servers) {
        int[] counts = new int[Health.values().length];
        servers.forEach(server -> counts[server.state().ordinal()]++);
        return new AtEnd(
                counts[Health.UP.ordinal()],
                counts[Health.DOWN.ordinal()],
                counts[Health.MAINT.ordinal()],
                counts[Health.DRAIN.ordinal()],
                counts[Health.UNKNOWN.ordinal()],
                (int) servers.stream()
                        .filter(server ->
                                server.downBy() != null && server.downBy().isSomeOnly())
                        .count());
    }
}
