package io.risefall.query.report.period;

import io.risefall.query.report.fleet.Fleets;
import io.risefall.query.report.fleet.OutageSums;
import io.risefall.query.report.model.DayBackendOutage;
import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.FleetDay;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.RoleDay;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.StateDurations;
import io.risefall.query.report.section.FleetOfDay;
import io.risefall.query.report.section.Sections;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one period, as the sections of the day's report have them for a day.
 *
 * @param days the servers and outages that they are of
 * @param services the servers that count, a role backend as one, worst first
 * @param counted the outages that count, in order of time
 * @param empty times in which backends were without a server, as the fleet saw them
 */
record PeriodFigures(
        FleetOfDay days,
        FleetDay fleet,
        List<ServerDay> services,
        List<DayOutage> counted,
        List<DayBackendOutage> empty,
        List<ServerPeriod> servers,
        List<BackendPeriod> backends) {
    private static final SqlQuery BACKENDS = new SqlQuery("report/period/backends.sql");

    /**
     * Reads them.
     *
     * @param now what is after it has not happened yet
     */
    static PeriodFigures read(Connection views, PeriodRequest request, Instant now) throws SQLException {
        return of(
                request,
                FleetOfDay.read(views, request.firstDay(), request.period().last(), now));
    }

    /** Those of another period, of which the same is asked. */
    PeriodFigures during(PeriodRequest other, Instant now) throws SQLException {
        return of(other, days.during(other.firstDay(), other.period().last(), now));
    }

    private static PeriodFigures of(PeriodRequest request, FleetOfDay days) throws SQLException {
        List<ServerDay> services = days.services().stream()
                .filter(server -> request.includes(server.proxy()))
                .toList();
        List<DayOutage> counted = days.counted().stream()
                .filter(outage -> request.includes(outage.proxy()))
                .toList();
        List<DayBackendOutage> empty = Sections.backends(days).stream()
                .filter(gap -> request.includes(gap.proxy()) && !isRole(days, gap.proxy()))
                .toList();
        int nodes = (int) services.stream()
                .flatMap(server -> server.nodes().stream())
                .distinct()
                .count();
        Map<String, List<DayOutage>> outagesOf = counted.stream().collect(Collectors.groupingBy(DayOutage::name));
        List<ServerPeriod> servers = services.stream()
                .map(server -> ServerPeriod.of(server, outagesOf.getOrDefault(server.name(), List.of()), days.period()))
                .toList();
        return new PeriodFigures(
                days,
                Fleets.of(days.period(), nodes, services, counted),
                services,
                counted,
                empty,
                servers,
                backends(request, days, servers, counted, empty));
    }

    Period period() {
        return days.period();
    }

    /** The first instant of which the log tells any state of them; null where there is none. */
    @Nullable Instant coveredFrom() {
        return days.coveredFrom();
    }

    private static List<BackendPeriod> backends(
            PeriodRequest request,
            FleetOfDay days,
            List<ServerPeriod> servers,
            List<DayOutage> counted,
            List<DayBackendOutage> empty)
            throws SQLException {
        Map<String, Without> without = new HashMap<>();
        BACKENDS.query(
                days.views(),
                row -> without.put(row.text("proxy"), Without.of(row)),
                days.period().from(),
                days.period().to(),
                request.node());
        if (request.roles() != null) {
            // The view takes the role backends that the warehouse was told of.
            days.roleDays().forEach(role -> without.put(role.proxy(), Without.of(role)));
        }
        Map<String, List<DayOutage>> outagesOf = counted.stream().collect(Collectors.groupingBy(DayOutage::proxy));
        Map<String, List<ServerPeriod>> byProxy = servers.stream()
                .collect(Collectors.groupingBy(ServerPeriod::proxy, LinkedHashMap::new, Collectors.toList()));
        return byProxy.entrySet().stream()
                .map(one -> backend(
                        days,
                        one.getKey(),
                        one.getValue(),
                        outagesOf.getOrDefault(one.getKey(), List.of()),
                        without.getOrDefault(one.getKey(), Without.NOTHING),
                        empty))
                .sorted(BackendPeriod.WORST_FIRST)
                .toList();
    }

    private static BackendPeriod backend(
            FleetOfDay days,
            String proxy,
            List<ServerPeriod> servers,
            List<DayOutage> outages,
            Without without,
            List<DayBackendOutage> empty) {
        boolean role = isRole(days, proxy);
        List<DayOutage> recovered = OutageSums.recovered(outages, days.period().to());
        long times = role
                ? servers.stream().mapToLong(ServerPeriod::outages).sum()
                : empty.stream().filter(gap -> gap.proxy().equals(proxy)).count();
        return new BackendPeriod(
                proxy,
                role,
                servers.size(),
                without.measuredMs,
                without.ms,
                without.lowMs,
                without.highMs,
                without.forSomeMs,
                (int) times,
                servers.stream().map(ServerPeriod::time).reduce(StateDurations.NONE, StateDurations::plus),
                servers.stream().mapToInt(ServerPeriod::outages).sum(),
                servers.stream().mapToInt(ServerPeriod::begun).sum(),
                recovered.size(),
                OutageSums.mttr(recovered));
    }

    private static boolean isRole(FleetOfDay days, String proxy) {
        return days.roleDays().stream().map(RoleDay::proxy).anyMatch(proxy::equals);
    }

    /** Time without a server. */
    private record Without(long measuredMs, long ms, long lowMs, long highMs, long forSomeMs) {
        static final Without NOTHING = new Without(0, 0, 0, 0, 0);

        static Without of(SqlQuery.Row row) throws SQLException {
            return new Without(
                    row.number("measured_ms"),
                    row.number("spent_ms"),
                    row.number("spent_low_ms"),
                    row.number("spent_high_ms"),
                    row.number("for_some_ms"));
        }

        static Without of(RoleDay role) {
            StateDurations time = role.time();
            return new Without(
                    time.periodMs(),
                    time.downMs(),
                    time.downMs() - time.doubtedDownMs(),
                    time.downMs() + time.unknownMs() + time.doubtedUpMs(),
                    time.downForSomeMs());
        }
    }
}
