package io.risefall.query.report;

import static io.risefall.query.report.ExampleDays.BERLIN;
import static io.risefall.query.report.ExampleDays.DAY;
import static io.risefall.query.report.ExampleDays.LATER;
import static io.risefall.query.report.ExampleDays.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.change.ChangeBefore;
import io.risefall.query.report.cause.Cause;
import io.risefall.query.report.cause.Diagnosis;
import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.model.Level;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.StateDurations;
import io.risefall.query.report.model.StateSpan;
import io.risefall.query.report.render.ReportFormat;
import io.risefall.query.report.render.TimeAxis;
import io.risefall.query.report.render.Timeline;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.suite.Slow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Slow
class DayReportsTest {
    /** One row for each change, however many servers go DOWN after it. */
    @Test
    void whatWasDoneShortlyBeforeOutagesIsToldOnce() throws Exception {
        History lb1 = new History("lb1", DAY, BERLIN);
        for (String server : List.of("web/a", "web/b", "web/c", "web/d")) {
            lb1.server(server)
                    .up("-1 08:00")
                    .down("11:00", ExampleDays.REFUSED)
                    .up("11:05")
                    .open();
        }
        lb1.says("web/e", "10:49", Transition.DRAIN, null);
        lb1.says("web/e", "10:52", Transition.MAINTENANCE, null);
        lb1.says("db/a", "10:55", Transition.MAINTENANCE, null);
        lb1.says("web/e", "11:02", Transition.LEAVES_FORCED_MAINTENANCE, null);

        assertThat(report(DAY, LATER, lb1).rows(ChangeBefore.SECTION))
                .containsExactly(new ChangeBefore(
                        lb1.at("10:52"),
                        "lb1",
                        "maintenance",
                        "web/e",
                        "is going DOWN for maintenance",
                        lb1.at("11:00"),
                        4,
                        List.of("web/a", "web/b", "web/c")));
        assertThat(ReportGoldenTest.print(ReportFormat.HTML, DAY, lb1))
                .contains("Done in the ten minutes before an outage")
                .contains("<th scope=\"row\">maintenance: web/e</th><td>is going DOWN for maintenance</td>"
                        + "<td class=\"n\">8 min</td><td>web/a, web/b, web/c and others</td>");
        assertThat(ReportGoldenTest.print(ReportFormat.MARKDOWN, DAY, lb1))
                .contains("| 10:52:00 | lb1 | maintenance: web/e | 8 min | web/a, web/b, web/c and others |");
    }

    @Test
    void everyServersStatesAddUpToThePeriodAndNeverOverlap() throws Exception {
        for (History history : List.of(ExampleDays.hardDay(), ExampleDays.fourteenServers(), ExampleDays.oneMinute())) {
            DayReport report = report(DAY, LATER, history);

            assertThat(report.periodMs()).isEqualTo(Duration.ofHours(24).toMillis());
            for (ServerDay server : report.servers()) {
                assertThat(server.time().periodMs()).as(server.name()).isEqualTo(report.periodMs());
                Instant at = report.from();
                for (StateSpan span : server.states()) {
                    assertThat(span.from()).as(server.name()).isEqualTo(at);
                    at = span.to();
                }
                assertThat(at).isEqualTo(report.to());
            }
            assertThat(report.fleet().time().periodMs())
                    .isEqualTo(report.periodMs() * report.servers().size());
        }
    }

    @Test
    void aDaysTimesAreThoseOfTheView() throws Exception {
        String sql = """
                select proxy, server, up_ms, down_ms, maint_ms, drain_ms, unknown_ms, availability, flaps, mttr_ms
                from server_day_in('Europe/Berlin') where day = '2025-11-12'""";
        for (History history : List.of(ExampleDays.hardDay(), ExampleDays.fourteenServers(), ExampleDays.oneMinute())) {
            Map<String, ServerDay> servers = report(DAY, LATER, history).servers().stream()
                    .collect(Collectors.toMap(ServerDay::name, Function.identity()));
            try (TestWarehouse warehouse = TestWarehouse.of(history);
                    Connection views = warehouse.views();
                    Statement statement = views.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    ServerDay server = servers.remove(rows.getString(1) + "/" + rows.getString(2));
                    assertThat(server.time())
                            .isEqualTo(new StateDurations(
                                    rows.getLong(3),
                                    rows.getLong(4),
                                    rows.getLong(5),
                                    rows.getLong(6),
                                    rows.getLong(7)));
                    assertThat(server.time().availability()).isEqualTo(rows.getObject(8));
                    assertThat(server.flaps()).isEqualTo(rows.getInt(9));
                    assertThat(server.mttrMs()).isEqualTo(rows.getObject(10));
                }
            }
            assertThat(servers).isEmpty();
        }
    }

    @Test
    void whatALiveSourceHasNotSaidForSecondsIsNotUnknown() throws Exception {
        Instant now = Instant.parse("2025-11-12T11:00:05Z");
        History history = new History("lb1", DAY, BERLIN).readUntil("12:00:00.250");
        history.server("be/a").up("-1 08:00").open();

        DayReport report = report(DAY, now, history);

        assertThat(report.to()).isEqualTo(Instant.parse("2025-11-12T11:00:00.251Z"));
        assertThat(report.verdict().sentence()).isEqualTo("The only server has been up so far today.");
        assertThat(report.fleet().time().unknownMs()).isZero();
    }

    @Test
    void aClockThatIsWrongIsSaid() throws Exception {
        History ahead = new History("lb1", DAY, BERLIN).clockBehind(-200_000);
        ahead.server("be/a").up("-1 08:00").open();
        assertThat(report(DAY, LATER, ahead).caveats())
                .contains("The timestamps of lb1 are 3 min 20 s ahead of the arrival of its lines (now): its"
                        + " clock or zone is wrong, or the clock of Risefall's host. Times here are as logged.");
        History right = new History("lb1", DAY, BERLIN).clockBehind(4_999);
        right.server("be/a").up("-1 08:00").open();
        assertThat(report(DAY, LATER, right).caveats()).noneMatch(caveat -> caveat.contains("arrival"));
    }

    @Test
    void linesThatSeemToBeMissingAreSaidAndDoubted() throws Exception {
        History history = new History("lb1", DAY, BERLIN).loss("be", "10:00", "22:00");
        history.server("be/a").up("-1 08:00").open();
        history.server("other/a").up("-1 08:00").open();

        DayReport report = report(DAY, LATER, history);

        assertThat(report.caveats())
                .anyMatch(caveat ->
                        caveat.startsWith("Lines seem to be missing") && caveat.contains("by at least 2 changes"))
                .contains(
                        "Missing: be on lb1 (process 4043), 10:00:00 to 22:00:00: 2 changes, 3 active and 1 backup where"
                                + " the lines before give 5 active and 1 backup.");
        assertThat(report.servers().get(0).time().availabilityText()).isEqualTo("100 %");
        assertThat(report.servers().get(0).time().boundsText()).isEqualTo("50.00 % to 100 %");
        assertThat(report.servers().get(1).time().boundsText()).isEmpty();
    }

    @Test
    void ofManyLossesTheFirstAreListed() throws Exception {
        History history = new History("lb1", DAY, BERLIN);
        for (int hour = 10; hour < 23; hour++) {
            history.loss("be", hour + ":00", hour + ":30");
        }
        history.server("be/a").up("-1 08:00").open();

        assertThat(report(DAY, LATER, history).caveats())
                .filteredOn(caveat -> caveat.startsWith("Missing: "))
                .hasSize(11)
                .last()
                .isEqualTo("Missing: 3 more such periods: see the view losses.");
    }

    @Test
    void saysHowFarBackLateLinesCorrect() throws Exception {
        History one = new History("lb1", DAY, BERLIN).corrections(7, 0);
        one.server("be/a").up("-1 08:00").open();
        History other = new History("lb2", DAY, BERLIN).corrections(3, 1);
        other.server("be/a").up("-1 08:00").open();
        assertThat(report(DAY, LATER, one, other).caveats())
                .contains(
                        "Late lines correct this report for up to 3 d; after that it no longer changes.",
                        "1 health line came too late for corrections (over all days): see the view events."
                                + " States and outages do not include what came too late.");
    }

    @Test
    void theVerdictNamesWhatIsDownAndTheWorst() throws Exception {
        DayReport report = report(DAY, LATER, ExampleDays.fourteenServers());

        assertThat(report.verdict().level()).isEqualTo(Level.DOWN);
        assertThat(report.verdict().sentence())
                .isEqualTo(
                        "2 of 14 servers were down at the end of the day: be_pay/pay1, be_pay/pay2; 16 outages, worst be_pay/pay1"
                                + " (12 h 42 min, 4 h 12 min of it on this day).");
        assertThat(report.verdict().more()).isEmpty();
    }

    @Test
    void outagesSeemEndlessOnlyWhereNoneIsKnownToEnd() throws Exception {
        assertThat(told("11:00", History.Line::open)).anyMatch(caveat -> caveat.contains("seem endless"));
        assertThat(told("23:50", line -> line.up("1 00:10").open()))
                .noneMatch(caveat -> caveat.contains("seem endless"));
        assertThat(told("11:00", line -> line.maint("11:10", "maintenance").open()))
                .noneMatch(caveat -> caveat.contains("seem endless"));
        History ever = endless("11:00", History.Line::open);
        ever.server("be/b").down("-2 08:00", REFUSED).up("-2 09:00").open();
        assertThat(report(DAY, LATER, ever).caveats()).noneMatch(caveat -> caveat.contains("seem endless"));
        History away = endless("11:00", line -> line.inferred().open());
        away.absent("11:01", "11:02", "be/a");
        assertThat(report(DAY, LATER, away).caveats()).noneMatch(caveat -> caveat.contains("seem endless"));
    }

    private static List<String> told(String down, Consumer<History.Line> rest) throws Exception {
        return report(DAY, LATER, endless(down, rest)).caveats();
    }

    /** A server that goes DOWN, whose only line of the day says so. */
    private static History endless(String down, Consumer<History.Line> rest) {
        History history = new History("lb1", DAY, BERLIN);
        history.says("be/a", down, Transition.DOWN, new CheckReason(CheckStatus.L4CON, null, null, null));
        rest.accept(history.server("be/a").up("-1 08:00").down(down, REFUSED));
        return history;
    }

    @Test
    void todayEndsNow() throws Exception {
        Instant noon = Instant.parse("2025-11-12T11:00:00Z");
        History history = new History("lb1", DAY, BERLIN);
        history.server("be/a").up("-1 08:00").open();
        history.server("be/b").up("-1 08:00").down("11:30", REFUSED).open();

        DayReport report = report(DAY, noon, history);

        assertThat(report.isRunning()).isTrue();
        assertThat(report.periodMs()).isEqualTo(Duration.ofHours(12).toMillis());
        assertThat(report.verdict().sentence())
                .isEqualTo("1 of 2 servers is down now: be/b; 1 outage, be/b (21 h, 30 min of it on this day).");
        assertThat(report.servers().get(0).time()).isEqualTo(new StateDurations(41_400_000, 1_800_000, 0, 0, 0));
    }

    @Test
    void aGoodDayIsSaidInOneSentence() throws Exception {
        History history = new History("lb1", DAY, BERLIN);
        history.server("be/a").up("-1 08:00").open();
        history.server("be/b").up("-1 08:00").open();

        DayReport report = report(DAY, LATER, history);

        assertThat(report.verdict().level()).isEqualTo(Level.OK);
        assertThat(report.verdict().sentence()).isEqualTo("All 2 servers were up all day.");
        assertThat(report.fleet().time().availabilityText()).isEqualTo("100 %");
        assertThat(report.fleet().longestMs()).isNull();
    }

    @Test
    void littleCoverageIsSaid() throws Exception {
        DayReport report = report(DAY, LATER, ExampleDays.oneMinute());

        assertThat(report.verdict().sentence())
                .isEqualTo(
                        "2 of 13 servers were down when the log ended: be_app/app4, be_app/app1; 4 outages, worst be_app/app4 (53 s).");
        assertThat(report.verdict().more()).startsWith("The log covers 59 s of the day");
    }

    @Test
    void noDataIsUnknownAndNeitherAllNorNothing() throws Exception {
        for (LocalDate day : List.of(DAY, DAY.minusDays(30))) {
            DayReport report = day.equals(DAY) ? report(day, LATER) : report(day, LATER, ExampleDays.hardDay());

            assertThat(report.verdict().level()).isEqualTo(Level.UNKNOWN);
            assertThat(report.verdict().sentence()).isEqualTo("The log says nothing about this day.");
            assertThat(report.servers()).isEmpty();
            assertThat(report.fleet().time().availability()).isNull();
            assertThat(report.fleet().time().availabilityText()).isEqualTo("unknown");
        }
    }

    @Test
    void aServerOfWhichNothingIsKnownHasNoAvailability() throws Exception {
        History history = new History("lb1", DAY, BERLIN);
        history.server("be/a").up("-1 08:00").unknown("-1 09:00").open();

        DayReport report = report(DAY, LATER, history);

        assertThat(report.verdict().sentence()).isEqualTo("Nothing is known about 1 server on this day.");
        assertThat(report.servers().get(0).time().availability()).isNull();
        assertThat(report.servers().get(0).time().availabilityHigh()).isNull();
        assertThat(report.servers().get(0).time().coverage()).isEqualTo(0.0);
    }

    @Test
    void aDayThatHasNotBegunHasNothing() throws Exception {
        DayReport report = report(DAY.plusDays(5), LATER, ExampleDays.hardDay());

        assertThat(report.verdict().sentence()).isEqualTo("This day has not begun yet.");
        assertThat(report.periodMs()).isZero();
        assertThat(report.servers()).isEmpty();
        assertThat(report.outages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2025-03-30, 23", "2025-10-26, 25", "2025-11-12, 24"})
    void aDayHasTheHoursThatItsZoneGivesIt(LocalDate day, int hours) throws Exception {
        History history = new History("lb1", day, BERLIN);
        history.server("be/a").up("-1 08:00").down("01:30", REFUSED).up("04:30").open();

        DayReport report = report(day, LATER, history);

        assertThat(report.periodMs()).isEqualTo(Duration.ofHours(hours).toMillis());
        assertThat(report.servers().get(0).time().downMs())
                .isEqualTo(Duration.ofHours(3 + hours - 24).toMillis());
        List<TimeAxis.Tick> ticks = new Timeline(report).ticks();
        assertThat(ticks.get(0).label()).isEqualTo("00:00");
    }

    @Test
    void anOutageOverMidnightCountsOnBothDaysAndIsNotCutInItsLength() throws Exception {
        DayReport report = report(DAY, LATER, ExampleDays.hardDay());

        DayOutage before = report.outages().get(0);
        assertThat(before.name()).isEqualTo("be_web/web2");
        assertThat(before.durationMs()).isEqualTo(9_000_250);
        assertThat(before.inDayMs()).isEqualTo(1_800_250);
        assertThat(report.fleet().outages() - report.fleet().begun()).isEqualTo(1);
        assertThat(report.servers().stream()
                        .filter(s -> s.name().equals("be_web/web1"))
                        .findFirst())
                .hasValueSatisfying(server -> assertThat(server.state()).isEqualTo(Health.DOWN));
    }

    @Test
    void twoNodesWatchOneServer() throws Exception {
        History one = new History("lb1", DAY, BERLIN);
        one.server("be/a").up("-1 08:00").down("12:00", REFUSED).up("12:10").open();
        History two = new History("lb2", DAY, BERLIN);
        two.server("be/a").up("-1 08:00").open();

        DayReport report = report(DAY, LATER, one, two);

        assertThat(report.fleet().servers()).isEqualTo(1);
        assertThat(report.fleet().nodes()).isEqualTo(2);
        assertThat(report.outages().get(0).diagnosis().cause()).isEqualTo(Cause.NETWORK);
        assertThat(report.caveats()).anyMatch(caveat -> caveat.startsWith("Several load balancers (nodes)"));
    }

    @Test
    void refusedByAllServersThatWereNeverUpIsAWrongPort() throws Exception {
        History history = new History("lb1", DAY, BERLIN);
        for (int i = 1; i <= 3; i++) {
            history.server("be_web/web" + i).down("08:00:0" + i, REFUSED).open();
        }
        history.server("be_api/api1")
                .up("-1 08:00")
                .down("08:00", REFUSED)
                .up("08:01")
                .open();

        assertThat(report(DAY, LATER, history).outages())
                .extracting(outage -> outage.proxy() + " " + outage.diagnosis().cause())
                .containsExactly(
                        "be_api SERVER_NOT_RUNNING",
                        "be_web WRONG_CHECK_PORT",
                        "be_web WRONG_CHECK_PORT",
                        "be_web WRONG_CHECK_PORT");
    }

    @Test
    void slowPassesBeforeATimeoutAndAKnownAddressAreFound() throws Exception {
        History history = new History("lb1", DAY, BERLIN);
        history.server("be/a")
                .up("-1 08:00")
                .down("12:00", ExampleDays.SLOW)
                .up("12:05")
                .open();
        history.check(
                "be/a", "11:50", CheckResult.Outcome.SUCCEEDED, History.reason(CheckStatus.L7OK, 200, "OK", 1_900));
        history.check("be/a", "12:00", CheckResult.Outcome.FAILED, ExampleDays.SLOW);
        history.newAddress("be/a", "09:00", "10.0.0.6", "10.0.0.7");

        Diagnosis diagnosis = report(DAY, LATER, history).outages().get(0).diagnosis();

        assertThat(diagnosis.words()).isEqualTo("timeout too short or server slow (likely)");
        assertThat(diagnosis.why()).contains("2.001 s", "1.900 s");
        assertThat(diagnosis.next().get(1).what()).startsWith("Its address was 10.0.0.7");
    }

    private static DayReport report(LocalDate day, Instant now, History... histories) throws Exception {
        ZoneId zone = histories.length == 0 ? BERLIN : histories[0].zone;
        try (TestWarehouse warehouse = TestWarehouse.of(histories);
                Connection views = warehouse.views()) {
            return DayReports.of(views, DayRequest.of(day, zone), now, false);
        }
    }
}
