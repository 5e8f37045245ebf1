package io.risefall.query.report.fleet;

import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.FleetDay;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.ServersAtEnd;
import io.risefall.query.report.model.StateDurations;
import io.risefall.schemas.message.Health;
import java.util.List;

/** All servers together: every number is of servers of the fleet and their outages. */
public final class Fleets {
    private Fleets() {}

    public static FleetDay of(Period period, int nodes, List<ServerDay> servers, List<DayOutage> outages) {
        List<DayOutage> recovered = OutageSums.recovered(outages, period.to());
        return new FleetDay(
                servers.size(),
                nodes,
                atEnd(servers),
                servers.stream().map(ServerDay::time).reduce(StateDurations.NONE, StateDurations::plus),
                outages.size(),
                (int) outages.stream()
                        .filter(outage -> !outage.startedAt().isBefore(period.from()))
                        .count(),
                (int) outages.stream()
                        .filter(outage -> outage.seenBy().isSomeOnly())
                        .count(),
                (int) outages.stream().map(DayOutage::name).distinct().count(),
                (int) outages.stream()
                        .flatMap(outage -> outage.seenBy().nodes().stream())
                        .distinct()
                        .count(),
                recovered.size(),
                OutageSums.longest(outages, DayOutage::durationMs),
                OutageSums.longest(outages, DayOutage::inDayMs),
                OutageSums.mttr(recovered));
    }

    private static ServersAtEnd atEnd(List<ServerDay> servers) {
        int[] counts = new int[Health.values().length];
        servers.forEach(server -> counts[server.state().ordinal()]++);
        return new ServersAtEnd(
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
