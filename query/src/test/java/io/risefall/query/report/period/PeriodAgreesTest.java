package io.risefall.query.report.period;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.report.DayReportAccess;
import io.risefall.query.report.ExampleDays;
import io.risefall.query.report.History;
import io.risefall.query.report.TestWarehouse;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.StateDurations;
import io.risefall.query.time.Millis;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.Slow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A period's report says what its days say together, over the day on which summer time ends. */
@Slow
class PeriodAgreesTest {
    private static final ZoneId BERLIN = ExampleDays.BERLIN;
    /** A Sunday of 25 hours. */
    private static final LocalDate DAY = LocalDate.of(2025, 10, 26);

    private static final CalendarPeriod WEEK = CalendarPeriod.of(CalendarUnit.WEEK, DAY);
    private static final CalendarPeriod DAYS = new CalendarPeriod(DAY.minusDays(1), DAY.plusDays(1), null);
    private static final Instant LATER = Instant.parse("2025-11-20T12:00:00Z");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Length.of(1, 20));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agrees(long seed) throws Exception {
        Random random = new Random(seed);
        History[] nodes = new History[1 + (int) (seed % 3)];
        for (int n = 0; n < nodes.length; n++) {
            nodes[n] = new History("lb" + (n + 1), DAY, BERLIN).readUntil(n == 1 ? "-1 14:30" : "9 08:30");
            for (int s = 0; s < 6; s++) {
                if (s == 0 || random.nextInt(5) > 0) {
                    story(nodes[n], "be_%d/s%d".formatted(s % 2, s), new Random(seed * 31 + s), random);
                }
            }
        }
        for (History history : nodes) {
            history.backendEmpty("be_0", "-2 23:30", "-1 00:30");
            history.backendEmpty("be_0", "00:30", "03:30");
            history.flaps("be_1/s1", "-1 23:00", "00:45", 5, 4200);
        }
        try (TestWarehouse warehouse = TestWarehouse.of(nodes);
                Connection views = warehouse.views()) {
            agrees(views, WEEK, LATER, null);
            agrees(views, DAYS, LATER, "lb1");
            agreesWithDays(views, DAYS, LATER);
            // In the middle of the long day; the views say what happens until now, which is later.
            agreesWithDays(views, DAYS, nodes[0].at("15:00"));
        }
    }

    /** One server as one node sees it: {@code common} is the same for all nodes, {@code own} is not. */
    private static void story(History history, String name, Random common, Random own) {
        History.Line line = history.server(name).up("-9 08:00");
        Instant at = history.at("-8 20:00");
        Instant end = history.at("3 00:00");
        while (true) {
            at = at.plusMillis(common.nextInt(30_000_000));
            Duration length = Duration.ofMillis(1 + common.nextInt(common.nextInt(4) == 0 ? 30_000_000 : 30_000));
            Instant down = at.plusMillis(own.nextInt(4_000));
            Instant up = at.plus(length).plusMillis(4_001 + own.nextInt(4_000));
            at = up.plusSeconds(12);
            if (!up.isBefore(end)) {
                break;
            }
            if (own.nextInt(6) > 0) {
                line.down(down, common.nextBoolean() ? ExampleDays.REFUSED : ExampleDays.SLOW)
                        .up(up);
            }
        }
        line.open();
    }

    private static void agrees(Connection views, CalendarPeriod period, Instant now, @Nullable String node)
            throws Exception {
        PeriodReport report = PeriodReports.of(views, new PeriodRequest(period, BERLIN, null, node, null), now);
        long length = Millis.between(
                period.first().atStartOfDay(BERLIN).toInstant(),
                period.last().plusDays(1).atStartOfDay(BERLIN).toInstant());
        assertThat(Duration.ofMillis(length)).isEqualTo(Duration.ofHours(24 * period.days() + 1));
        Map<String, long[]> days = serverDays(views, period);
        for (ServerPeriod server : report.servers()) {
            assertThat(server.time().periodMs()).isEqualTo(length);
            if (server.nodes().size() == 1) {
                assertThat(new long[] {
                            server.time().upMs(),
                            server.time().downMs(),
                            server.time().maintMs(),
                            server.time().drainMs(),
                            server.begun(),
                            server.recoveries(),
                            server.flappingMs()
                        })
                        .as(server.name())
                        .containsExactly(days.get(server.nodes().get(0) + " " + server.name()));
            }
        }
        budgets(views, report);
    }

    /** Sums of what the view has of each day. */
    private static Map<String, long[]> serverDays(Connection views, CalendarPeriod period) throws SQLException {
        Map<String, long[]> sums = new TreeMap<>();
        String sql =
                "select node, proxy, server, sum(up_ms), sum(down_ms), sum(maint_ms), sum(drain_ms), sum(outages), sum(flaps),"
                        + " sum(flapping_ms) from server_day_in('Europe/Berlin') where day between '" + period.first()
                        + "' and '" + period.last() + "' group by all";
        try (Statement statement = views.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                long[] numbers = new long[7];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = rows.getLong(4 + i);
                }
                sums.put(rows.getString(1) + " " + rows.getString(2) + "/" + rows.getString(3), numbers);
            }
        }
        return sums;
    }

    /** What the reports of its days say together. */
    private static void agreesWithDays(Connection views, CalendarPeriod period, Instant now) throws Exception {
        PeriodReport report = PeriodReports.of(views, new PeriodRequest(period, BERLIN, null, null, null), now);
        StateDurations fleet = StateDurations.NONE;
        int begun = 0;
        int recoveries = 0;
        long outagesMs = 0;
        long withoutMs = 0;
        Map<String, StateDurations> servers = new TreeMap<>();
        for (LocalDate day = period.first();
                !day.isAfter(period.last())
                        && day.atStartOfDay(BERLIN).toInstant().isBefore(now);
                day = day.plusDays(1)) {
            DayReport one = DayReportAccess.of(views, DayRequest.of(day, BERLIN), now);
            fleet = fleet.plus(one.fleet().time());
            begun += one.fleet().begun();
            recoveries += one.fleet().recoveries();
            outagesMs += one.ownOutages().stream()
                    .mapToLong(outage -> outage.inDayMs())
                    .sum();
            for (ServerDay server : one.services()) {
                servers.merge(server.name(), server.time(), StateDurations::plus);
            }
            PeriodReport alone = PeriodReports.of(
                    views, new PeriodRequest(CalendarPeriod.of(CalendarUnit.DAY, day), BERLIN, null, null, null), now);
            withoutMs += alone.backends().stream()
                    .mapToLong(BackendPeriod::withoutServerMs)
                    .sum();
        }
        Map<String, StateDurations> told = new TreeMap<>();
        report.servers().forEach(server -> told.put(server.name(), server.time()));
        assertThat(told).isEqualTo(servers);
        assertThat(report.fleet().time()).isEqualTo(fleet);
        assertThat(report.fleet().begun()).isEqualTo(begun);
        assertThat(report.fleet().recoveries()).isEqualTo(recoveries);
        assertThat(report.backends().stream()
                        .mapToLong(BackendPeriod::withoutServerMs)
                        .sum())
                .isEqualTo(withoutMs);
        sums(report, outagesMs);
    }

    /** Its tables add up. */
    private static void sums(PeriodReport report, long outagesMs) {
        assertThat(report.outages().stream().mapToLong(OutagePeriod::inPeriodMs).sum())
                .isEqualTo(outagesMs);
        assertThat(report.reasons().stream().mapToLong(ReasonPeriod::downMs).sum())
                .isEqualTo(outagesMs);
        assertThat(report.fleet().time().downMs()).isEqualTo(outagesMs);
        for (BackendPeriod backend : report.backends()) {
            List<ServerPeriod> own = new ArrayList<>(report.servers());
            own.removeIf(server -> !server.proxy().equals(backend.proxy()));
            assertThat(backend.servers()).isEqualTo(own.size());
            assertThat(backend.serverTime().downMs())
                    .isEqualTo(own.stream()
                            .mapToLong(server -> server.time().downMs())
                            .sum());
            assertThat(backend.outages()).isEqualTo((int) report.outages().stream()
                    .filter(outage -> outage.proxy().equals(backend.proxy()))
                    .count());
        }
        assertThat(report.outages()).hasSize(report.fleet().outages());
    }

    /** Time without a server is what the error budget spends. */
    private static void budgets(Connection views, PeriodReport report) throws SQLException {
        String sql = "select proxy, spent_ms from budget_in(99.9, timestamptz '" + report.from() + "', timestamptz '"
                + report.periodEnd() + "', of_node := "
                + (report.node() == null ? "null" : "'" + report.node() + "'") + ") where kind = 'backend'";
        Map<String, Long> spent = new TreeMap<>();
        try (Statement statement = views.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                spent.put(rows.getString(1), rows.getLong(2));
            }
        }
        Map<String, Long> told = new TreeMap<>();
        report.backends().forEach(backend -> told.put(backend.proxy(), backend.withoutServerMs()));
        assertThat(told).isEqualTo(spent);
    }
}
