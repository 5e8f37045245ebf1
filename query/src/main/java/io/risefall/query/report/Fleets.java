package io.risefall.query.report;

import io.risefall.query.report.DayReport.AtEnd;
import io.risefall.query.report.DayReport.Fleet;
import io.risefall.query.report.DayReport.OutageOfDay;
import io.risefall.query.report.DayReport.Server;
import io.risefall.schemas.Health;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** All servers together: every number is of servers of the fleet and their outages. */
final class Fleets {
    private Fleets() {}

    static Fleet of(Period period, int nodes, List<Server> servers, List<OutageOfDay> outages) {
        List<OutageOfDay> recovered = outages.stream()
                .filter(outage -> outage.isRecovered(period.to()))
                .toList();
        OptionalDouble mttr =
                recovered.stream().mapToLong(OutageOfDay::durationMs).average();
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
                outages.stream()
                        .map(OutageOfDay::durationMs)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                outages.stream()
                        .map(OutageOfDay::inDayMs)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                mttr.isPresent() ? (long) Math.rint(mttr.getAsDouble()) : null);
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
