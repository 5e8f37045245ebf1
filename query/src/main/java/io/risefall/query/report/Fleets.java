package io.risefall.query.report;

import io.risefall.query.report.DayReport.AtEnd;
import io.risefall.query.report.DayReport.Fleet;
import io.risefall.query.report.DayReport.OutageOfDay;
import io.risefall.query.report.DayReport.Server;
import io.risefall.schemas.Health;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** All servers together. The same real server seen by two nodes is one server here; its time counts once per node. */
final class Fleets {
    /** Which state a real server is in when nodes differ: the first of these that a node reports. */
    private static final List<Health> WORST_FIRST =
            List.of(Health.DOWN, Health.MAINT, Health.DRAIN, Health.UP, Health.UNKNOWN);

    private Fleets() {}

    static Fleet of(Period period, List<Server> servers, List<OutageOfDay> outages) {
        Times time = servers.stream().map(Server::time).reduce(Times.NONE, Times::plus);
        OptionalDouble mttr = outages.stream()
                .filter(outage -> "up".equals(outage.endedBy()))
                .filter(outage -> outage.endedAt() != null && outage.endedAt().isBefore(period.to()))
                .mapToLong(OutageOfDay::durationMs)
                .average();
        return new Fleet(
                stateOf(servers, outages).size(),
                (int) servers.stream().map(Server::node).distinct().count(),
                atEnd(stateOf(servers, outages)),
                time,
                outages.size(),
                (int) outages.stream()
                        .filter(outage -> !outage.startedAt().isBefore(period.from()))
                        .count(),
                servers.stream().mapToInt(Server::flaps).sum(),
                outages.stream()
                        .map(OutageOfDay::inDayMs)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                mttr.isPresent() ? Math.round(mttr.getAsDouble()) : null);
    }

    private static Map<String, Health> stateOf(List<Server> servers, List<OutageOfDay> outages) {
        Map<String, Health> states = new HashMap<>();
        servers.forEach(server -> states.merge(
                server.name(), server.state(), (a, b) -> WORST_FIRST.indexOf(a) <= WORST_FIRST.indexOf(b) ? a : b));
        // Logs of several nodes end at several times: what lasted when its own ended was down when the log ended.
        outages.stream()
                .filter(outage -> outage.endedAt() == null)
                .forEach(outage -> states.put(outage.name(), Health.DOWN));
        return states;
    }

    private static AtEnd atEnd(Map<String, Health> states) {
        int[] counts = new int[Health.values().length];
        states.values().forEach(state -> counts[state.ordinal()]++);
        return new AtEnd(
                counts[Health.UP.ordinal()],
                counts[Health.DOWN.ordinal()],
                counts[Health.MAINT.ordinal()],
                counts[Health.DRAIN.ordinal()],
                counts[Health.UNKNOWN.ordinal()]);
    }
}
