package io.risefall.query.report.caveat;

import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.text.NameList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Backends that look like role backends and in which no server has ever taken over: too little to assume it, enough to ask.
 * All day one server is up, and the others are there and refuse.
 */
public final class RoleHint {
    private static final Set<String> ANSWERS = Set.of("L7STS", "L7RSP", "L7OKC");
    private static final int MOST_NAMES = 3;

    private RoleHint() {}

    public static List<String> of(Period period, List<ServerDay> services, List<DayOutage> outages) {
        Map<String, List<ServerDay>> backends =
                services.stream().collect(Collectors.groupingBy(ServerDay::proxy, TreeMap::new, Collectors.toList()));
        List<String> names = backends.values().stream()
                .filter(servers -> looksLikeOne(servers, outages))
                .map(servers -> servers.get(0).proxy())
                .distinct()
                .toList();
        if (period.isFuture() || names.isEmpty()) {
            return List.of();
        }
        return List.of("In " + NameList.some(names, MOST_NAMES)
                + ", one server was up all the time and the others answered that they are not. If"
                + " that is by design (Patroni, Redis Sentinel), use --role-backend " + names.get(0)
                + ". They then count as standbys, not as outages.");
    }

    private static boolean looksLikeOne(List<ServerDay> servers, List<DayOutage> outages) {
        List<ServerDay> refusing = servers.stream()
                .filter(server -> server.time().downMs() > 0
                        && server.time().upMs() + server.time().drainMs() == 0
                        && answered(server, outages))
                .toList();
        long up = servers.stream()
                .filter(server -> server.time().upMs() > 0 && server.time().downMs() == 0)
                .count();
        return servers.size() > 1 && up == 1 && refusing.size() == servers.size() - 1;
    }

    private static boolean answered(ServerDay server, List<DayOutage> outages) {
        return outages.stream()
                .filter(outage -> outage.name().equals(server.name()))
                .allMatch(outage -> outage.agent() || ANSWERS.contains(String.valueOf(outage.reason())));
    }
}
