package io.risefall.query.report;

import static io.risefall.query.report.ExampleDays.BERLIN;
import static io.risefall.query.report.ExampleDays.DAY;
import static io.risefall.query.report.ExampleDays.LATER;
import static io.risefall.query.report.ExampleDays.REFUSED;
import static io.risefall.query.report.ExampleDays.STATUS_503;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.model.FlappingEpisode;
import io.risefall.query.report.model.Level;
import io.risefall.query.report.model.MaintenanceWindow;
import io.risefall.query.report.model.NearMisses;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.StateSpan;
import io.risefall.query.report.render.ReportFormat;
import io.risefall.query.report.text.DayText;
import io.risefall.query.sql.QueryException;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.suite.Slow;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A fleet's report counts a server once, and what some of its nodes saw is not what all of them saw. */
@Slow
class FleetReportTest {
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    @Test
    void threeServersThatFailedOnceEachAreThreeOutagesForFourNodes() throws Exception {
        DayReport report = report(fleet(4, (history, n) -> {
            for (int i = 1; i <= 3; i++) {
                history.server("web/w" + i)
                        .up("-1 08:00")
                        .down("1%d:00:0%d".formatted(i, n), REFUSED)
                        .up("1%d:05:0%d".formatted(i, n))
                        .open();
            }
        }));

        assertThat(report.fleet().outages()).isEqualTo(3);
        assertThat(report.fleet().recoveries()).isEqualTo(3);
        assertThat(report.fleet().seenBySome()).isZero();
        assertThat(report.servers()).hasSize(3);
        assertThat(report.outages()).hasSize(3).allSatisfy(outage -> {
            assertThat(outage.seenBy().words()).isEqualTo("4 of 4");
            assertThat(outage.byNode()).hasSize(4);
            assertThat(outage.node()).isNull();
            assertThat(outage.durationMs()).isEqualTo(5 * MINUTE + 3_000);
        });
        assertThat(new DayText(report).outages())
                .startsWith("3 outages of 3 servers, seen by 4 load balancers; longest");
        addsUp(report);
    }

    @Test
    void whatOneOfFourSawIsToldApart() throws Exception {
        DayReport report = report(fleet(4, (history, n) -> {
            History.Line line = history.server("web/a").up("-1 08:00");
            (n == 2 ? line.down("12:00", REFUSED) : line).open();
        }));

        DayOutage outage = report.outages().get(0);
        assertThat(outage.seenBy().words()).isEqualTo("1 of 4: lb3");
        assertThat(outage.node()).isEqualTo("lb3");
        assertThat(report.verdict().level()).isEqualTo(Level.TROUBLE);
        assertThat(report.verdict().sentence())
                .startsWith("1 of 1 server was down at the end of the day, for only some load balancers: web/a;");
        ServerDay server = report.servers().get(0);
        assertThat(server.time().downForSomeMs()).isEqualTo(12 * 60 * MINUTE);
        assertThat(server.time().availability()).isEqualTo(0.5);
        assertThat(server.time().availabilityForAll()).isEqualTo(1.0);
        assertThat(server.states()).last().matches(StateSpan::someOnly);
        addsUp(report);
    }

    @Test
    void aFlappingServerIsNotOneLongOutage() throws Exception {
        DayReport report = report(fleet(2, (history, n) -> {
            History.Line line = history.server("web/a").up("-1 08:00");
            for (int i = 0; i < 5; i++) {
                line.down("12:00:%d%d".formatted(i, n), REFUSED).up("12:00:%d%d".formatted(i, n + 5));
            }
            line.open();
        }));

        assertThat(report.outages())
                .hasSize(5)
                .allSatisfy(outage -> assertThat(outage.seenBy().words()).isEqualTo("2 of 2"));
        assertThat(report.fleet().recoveries()).isEqualTo(5);
        addsUp(report);
    }

    @Test
    void nodesThatSeeItOneAfterTheOtherSeeOneOutage() throws Exception {
        DayReport report = report(fleet(
                2,
                (history, n) -> history.server("web/a")
                        .up("-1 08:00")
                        .down(n == 0 ? "12:00:00" : "12:00:04", REFUSED)
                        .up(n == 0 ? "12:00:02" : "12:00:06")
                        .open()));

        assertThat(report.outages()).singleElement().satisfies(outage -> {
            assertThat(outage.seenBy().words()).isEqualTo("2 of 2");
            assertThat(outage.durationMs()).isEqualTo(6_000);
        });
        assertThat(report.servers().get(0).time().downMs()).isEqualTo(6_000);
        addsUp(report);
    }

    @Test
    void theSameNodeTwiceIsTwoOutages() throws Exception {
        DayReport report = report(fleet(2, (history, n) -> {
            History.Line line = history.server("web/a").up("-1 08:00");
            (n == 0
                            ? line.down("12:00:00", REFUSED)
                                    .up("12:00:02")
                                    .down("12:00:06", REFUSED)
                                    .up("12:00:08")
                            : line)
                    .open();
        }));

        assertThat(report.outages())
                .extracting(outage -> outage.seenBy().words())
                .containsExactly("1 of 2: lb1", "1 of 2: lb1");
    }

    @Test
    void anOutageOverMidnightIsTheSameOnBothDays() throws Exception {
        History[] nodes = fleet(
                2,
                (history, n) -> history.server("web/a")
                        .up("-1 08:00")
                        .down(n == 0 ? "22:00" : "23:50", REFUSED)
                        .up(n == 0 ? "23:55" : "1 00:10")
                        .open());

        DayOutage first = report(DAY, LATER, nodes).outages().get(0);
        DayReport next = report(DAY.plusDays(1), LATER, nodes);

        assertThat(first.durationMs()).isEqualTo(130 * MINUTE);
        assertThat(next.outages()).singleElement().satisfies(outage -> {
            assertThat(outage.startedAt()).isEqualTo(first.startedAt());
            assertThat(outage.endedAt()).isEqualTo(first.endedAt());
            assertThat(outage.seenBy()).isEqualTo(first.seenBy());
            assertThat(outage.inDayMs()).isEqualTo(10 * MINUTE);
        });
        assertThat(next.fleet().begun()).isZero();
        addsUp(next);
    }

    @Test
    void theLongestIsNeverShorterThanTheMean() throws Exception {
        History one = new History("lb1", DAY, BERLIN);
        one.server("web/a")
                .up("-1 08:00")
                .down("-1 23:58", REFUSED)
                .up("00:03:02")
                .open();

        DayReport report = report(one);

        assertThat(report.fleet().mttrMs()).isEqualTo(5 * MINUTE + 2_000);
        assertThat(report.fleet().longestMs()).isEqualTo(5 * MINUTE + 2_000);
        assertThat(report.fleet().longestInDayMs()).isEqualTo(3 * MINUTE + 2_000);
        assertThat(new DayText(report).outages())
                .endsWith("longest 5 min 2 s (whole outages, including time outside this day; longest within"
                        + " this day 3 min 2 s)");
    }

    @Test
    void nodesOfWhichOneIsReadAMomentLaterAgreeOnNow() throws Exception {
        Instant now = Instant.parse("2025-11-12T11:00:00Z");
        History behind = new History("lb1", DAY, BERLIN).readUntil("11:59:20");
        behind.server("web/a").up("-1 08:00").open();
        History ahead = new History("lb2", DAY, BERLIN).readUntil("11:59:50");
        ahead.server("web/a")
                .up("-1 08:00")
                .down("11:59:10", REFUSED)
                .up("11:59:50")
                .open();

        DayReport report = report(DAY, now, behind, ahead);

        assertThat(report.fleet().atEnd().down()).isZero();
        assertThat(report.down()).isEmpty();
        assertThat(report.outages().get(0).endedAt()).isBefore(report.to());
        assertThat(report.verdict().sentence()).contains("None is down now");
        addsUp(report);
    }

    @Test
    void whoSeesItDownIsTheSameInEveryFormat() throws Exception {
        History[] nodes = fleet(3, (history, n) -> {
            history.server("web/a").up("-1 08:00").down("10:00", REFUSED).open();
            History.Line some = history.server("web/b").up("-1 08:00");
            (n == 1 ? some.down("10:00:05", REFUSED) : some).open();
            History.Line back = history.server("web/c").up("-1 08:00").down("10:00:10", REFUSED);
            (n == 0 ? back.up("10:20") : back).open();
        });

        for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.MARKDOWN, ReportFormat.HTML)) {
            String printed = ReportGoldenTest.print(format, DAY, nodes);
            String down = printed.substring(printed.lastIndexOf("Down at the end of the day: 3 servers"));
            String words = down.replaceAll("(?s)(Incidents|The day, server).*", "")
                    .replaceAll("<[^>]*>", " ")
                    .replace('|', ' ')
                    .replaceAll("\\s+", " ");
            assertThat(words)
                    .as(format.name())
                    .containsPattern("web/a (seen by )?3 of 3 ")
                    .containsPattern("web/b (seen by )?1 of 3: lb2 ")
                    .containsPattern("web/c (seen by )?2 of 3: lb2, lb3 ");
        }
        assertThat(report(nodes).verdict().sentence())
                .startsWith("3 of 3 servers were down at the end of the day (1 of them uncertain), 2 of them for"
                        + " only some load balancers: web/a, web/b, web/c; ");
    }

    @Test
    void anOpenOutageOfALogThatEndedIsOverWhereOthersTellOn() throws Exception {
        History ended = new History("lb1", DAY, BERLIN).readUntil("10:30");
        ended.server("web/a").up("-1 08:00").down("10:00", REFUSED).open();
        ended.server("web/only").up("-1 08:00").down("10:10", REFUSED).open();
        History other = new History("lb2", DAY, BERLIN);
        other.server("web/a").up("-1 08:00").open();

        DayReport report = report(ended, other);

        assertThat(report.down()).extracting(ServerDay::name).containsExactly("web/only");
        assertThat(report.fleet().atEnd().down()).isEqualTo(1);
        assertThat(report.outages().get(0).endedBy()).isEqualTo("unknown");
        assertThat(report.outages().get(0).certain()).isFalse();
        assertThat(report.caveats())
                .anyMatch(caveat -> caveat.startsWith("Some logs end before the others: lb1 at 10:30:00."));
        addsUp(report);
    }

    @Test
    void whereReasonsDifferEachNodesIsToldUnderTheOutage() throws Exception {
        History[] nodes = fleet(
                3,
                (history, n) -> history.server("web/a")
                        .up("-1 08:00")
                        .down("12:00", n == 2 ? STATUS_503 : REFUSED)
                        .up("12:10")
                        .open());

        String text = ReportGoldenTest.print(ReportFormat.TEXT, DAY, nodes);

        assertThat(text.lines().filter(line -> line.contains("  on lb")))
                .singleElement()
                .asString()
                .contains("on lb3", "L7STS");
    }

    @Test
    void maintenanceOfDaysIsFlaggedWithWhoIfALineSays() throws Exception {
        History history = new History("lb1", DAY, BERLIN);
        history.server("web/a")
                .up("-10 08:00")
                .maint("-9 08:00", "'stop' on stats page")
                .open();
        history.server("web/b").up("-10 08:00").maint("20:00", "maintenance").open();

        DayReport report = report(history);

        assertThat(report.forgotten()).extracting(MaintenanceWindow::name).containsExactly("web/a");
        assertThat(report.verdict().more()).contains("Possibly forgotten: web/a had been in maintenance for 9 d");
        assertThat(ReportGoldenTest.print(ReportFormat.TEXT, DAY, history))
                .contains("Out of service for a long time: forgotten?", "'stop' on stats page");
        assertThat(report(DayRequest.of(DAY, BERLIN).withForgottenAfter(Duration.ofDays(20)), history)
                        .forgotten())
                .isEmpty();
        assertThat(new DayText(report).troubled()).isEmpty();
    }

    @Test
    void anEpisodeThatEndsAfterTheLogIsExpectedToBeCalm() throws Exception {
        History history = new History("lb1", DAY, BERLIN).readUntil("10:20");
        history.server("web/a").up("-1 08:00").open();
        history.flaps("web/a", "10:00", "10:40", 3, 2790);

        assertThat(report(history).rows(FlappingEpisode.SECTION).get(0).endedAt())
                .isNull();
        for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.MARKDOWN, ReportFormat.HTML)) {
            assertThat(ReportGoldenTest.print(format, DAY, history).replaceAll("\\s+", " "))
                    .contains("expected calm 10:40:00");
        }
    }

    @Test
    void oneNodeAlone() throws Exception {
        History[] nodes = ExampleDays.threeNodes();

        DayReport report = report(DayRequest.of(DAY, BERLIN).withNode("lb2"), nodes);

        assertThat(report.hasManyNodes()).isFalse();
        assertThat(report.servers()).hasSize(9).allMatch(server -> "lb2".equals(server.node()));
        assertThat(report.fleet().outages()).isEqualTo(12);
        assertThatThrownBy(() -> report(DayRequest.of(DAY, BERLIN).withNode("lb22"), nodes))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("did you mean lb2?");
    }

    @Test
    void roleBackendsOfSeveralNodesAreOne() throws Exception {
        History[] nodes = Stream.of("lb1", "lb2").map(ExampleDays::leaders).toArray(History[]::new);

        DayReport report = report(nodes);

        assertThat(report.roles()).singleElement().satisfies(role -> {
            assertThat(role.leader()).isEqualTo("pg2");
            assertThat(role.failovers()).hasSize(1);
            assertThat(role.leaderlessMs()).isEqualTo(9_250);
        });
        assertThat(report.fleet().servers()).isEqualTo(3);
        assertThat(report.fleet().outages()).isEqualTo(1);
        assertThat(report.rows(NearMisses.SECTION))
                .singleElement()
                .satisfies(near -> assertThat(near.nearMisses()).isEqualTo(2));
        addsUp(report);
    }

    @Test
    void maintenanceOnOneNodeLeavesTheServerInService() throws Exception {
        DayReport report = report(fleet(3, (history, n) -> {
            History.Line line = history.server("web/a").up("-1 08:00");
            (n == 0 ? line.maint("10:00", "maintenance") : line).open();
        }));

        assertThat(report.servers().get(0).state()).isEqualTo(Health.UP);
        assertThat(report.servers().get(0).time().upMs()).isEqualTo(DAY_MS);
        assertThat(report.rows(MaintenanceWindow.SECTION))
                .singleElement()
                .satisfies(planned -> assertThat(planned.seenBy().words()).isEqualTo("1 of 3: lb1"));
    }

    static void addsUp(DayReport report) {
        for (ServerDay server : report.services()) {
            assertThat(server.time().periodMs()).as(server.name()).isEqualTo(report.periodMs());
            Instant at = report.from();
            for (StateSpan span : server.states()) {
                assertThat(span.from()).as(server.name()).isEqualTo(at);
                at = span.to();
            }
            assertThat(at).isEqualTo(report.to());
        }
        for (ServerDay server : report.servers()) {
            long outages = report.outages().stream()
                    .filter(outage -> outage.name().equals(server.name()))
                    .mapToLong(DayOutage::inDayMs)
                    .sum();
            assertThat(server.time().downMs()).as(server.name()).isEqualTo(outages);
        }
        assertThat(report.fleet().time().periodMs())
                .isEqualTo(report.periodMs() * report.fleet().servers());
    }

    private interface Story {
        void tell(History history, int node);
    }

    private static History[] fleet(int nodes, Story story) {
        History[] fleet = new History[nodes];
        for (int n = 0; n < nodes; n++) {
            fleet[n] = new History("lb" + (n + 1), DAY, BERLIN);
            story.tell(fleet[n], n);
        }
        return fleet;
    }

    private static DayReport report(History... nodes) throws Exception {
        return report(DAY, LATER, nodes);
    }

    private static DayReport report(LocalDate day, Instant now, History... nodes) throws Exception {
        return report(DayRequest.of(day, BERLIN), now, nodes);
    }

    private static DayReport report(DayRequest request, History... nodes) throws Exception {
        return report(request, LATER, nodes);
    }

    private static DayReport report(DayRequest request, Instant now, History... nodes) throws Exception {
        try (TestWarehouse warehouse = TestWarehouse.of(nodes);
                Connection views = warehouse.views()) {
            return DayReports.of(views, request, now, false);
        }
    }
}
