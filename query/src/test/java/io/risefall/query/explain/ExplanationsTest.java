package io.risefall.query.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.explain.model.Explanation;
import io.risefall.query.explain.model.Explanation.Part;
import io.risefall.query.explain.model.Explanation.Sum;
import io.risefall.query.explain.render.ExplainFormat;
import io.risefall.query.explain.subject.DayColumn;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.report.ExampleDays;
import io.risefall.query.report.History;
import io.risefall.query.report.TestWarehouse;
import io.risefall.query.sql.QueryException;
import io.risefall.query.text.Printable;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.suite.Slow;
import java.sql.Connection;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From a number back to lines; that every number of real logs has its lines is tested over the corpus. */
@Slow
class ExplanationsTest {
    private static final LocalDate DAY = ExampleDays.DAY;
    private static final ZoneId BERLIN = ExampleDays.BERLIN;

    @Test
    void anOutageHasTheLinesThatBeganAndEndedItAndItsRepeats() throws Exception {
        Explanation outage = explain(idOf("be_web/web1", "10:00:00"), ExampleDays.hardDay());
        assertThat(outage.title()).startsWith("Outage ").endsWith(" of be_web/web1 on lb1");
        assertThat(outage.sums())
                .containsExactly(new Sum(
                        "duration_ms",
                        "ended_at 2025-11-12 10:12:04.000 - started_at 2025-11-12 10:00:00.000 = 724000 ms",
                        724000L,
                        724000L));
        assertThat(outage.parts().get(0).lines().stream().map(line -> line.counts() + " " + line.why()))
                .containsExactly(
                        "true HAProxy marks it DOWN: started_at, with the reason",
                        "false a repeat of file:/var/log/" + ExampleDays.SCRIPT + ":0: counts once",
                        "true ends the outage: ended_at, ended_by up");
    }

    @Test
    void anOutageOfATrackingServerHasTheLinesOfTheTrackedOne() throws Exception {
        Explanation outage = explain(idOf("be_pay/pay2", "19:47:03"), ExampleDays.hardDay());
        assertThat(outage.parts()).hasSize(2);
        assertThat(outage.parts().get(1).title()).contains("The outage that caused it: ", "be_pay/pay1");
        assertThat(outage.parts().get(1).lines()).hasSize(1);
        assertThat(outage.parts().get(1).words().get(0)).startsWith("no line shows its end");
    }

    @Test
    void whatIsSaidMeanwhileNeitherBeginsNorEndsIt() throws Exception {
        History history = new History("lb1", DAY, BERLIN);
        history.server("be/a")
                .up("-1 08:00")
                .down("10:00", ExampleDays.REFUSED)
                .up("11:00")
                .open();
        history.says("be/a", "10:00", Transition.DOWN, new CheckReason(CheckStatus.L4CON, null, null, null));
        history.says("be/a", "10:30", Transition.DOWN, new CheckReason(CheckStatus.L4TOUT, null, null, null));
        history.says("be/a", "10:40", Transition.DRAIN, null);
        history.says("be/a", "11:00", Transition.UP, null);
        history.says("be/a", "11:00:02", Transition.UP, null);
        history.says("be/a", "12:00", Transition.DOWN, null);
        assertThat(explain(idOf("be/a", "10:00:00", history), history).parts().get(0).lines().stream()
                        .map(line -> line.counts() + " " + line.why()))
                .containsExactly(
                        "true HAProxy marks it DOWN: started_at, with the reason",
                        "false DOWN logged again: counts once",
                        "false logged meanwhile: neither starts nor ends it",
                        "true ends the outage: ended_at, ended_by up",
                        "false a repeat of " + history.source + ":3: counts once");
    }

    @Test
    void aDayIsCutAsTheViewCutsItAlsoWhenItHasTwentyFiveHours() throws Exception {
        LocalDate day = LocalDate.of(2025, 10, 26);
        History history = new History("lb1", day, BERLIN);
        history.server("be/a")
                .down("-1 23:00", ExampleDays.REFUSED)
                .up("06:00")
                .maint("07:00", "maintenance")
                .drain("08:00")
                .down("22:00", ExampleDays.SLOW)
                .open();
        Explanation all = explain("2025-10-26 be/a", history);
        assertThat(all.sums()).hasSize(DayColumn.values().length).allMatch(Sum::agrees);
        assertThat(sum(all, "down_ms")).isEqualTo("25200000 + 7200000 = 32400000 ms (9 h)");
        assertThat(sum(all, "unknown_ms"))
                .startsWith("the day 90000000 - up 3600000 - down 32400000 - maint 3600000 - drain 50400000 = 0 ms");
        assertThat(sum(all, "availability"))
                .isEqualTo("(up + drain) / (up + drain + down) = 54000000 / 86400000 = 0.625");
        Explanation down = explain("2025-10-26 lb1 be/a down_ms", history);
        assertThat(down.sums()).hasSize(1);
        assertThat(down.parts().stream().map(Part::title))
                .containsExactly(
                        "down from 2025-10-26 00:00:00.000 to 2025-10-26 06:00:00.000 = 25200000 ms",
                        "down from 2025-10-26 22:00:00.000 to 2025-10-27 00:00:00.000 = 7200000 ms");
        assertThat(down.parts().get(0).words())
                .anyMatch(word -> word.startsWith("began before the day, at 2025-10-25 23:00"));
        assertThat(explain("2025-10-26 be/a maint_ms", history).parts()).hasSize(1);
    }

    @Test
    void silenceIsNoLineAndSaidInWords() throws Exception {
        History history = new History("lb1", DAY, BERLIN);
        history.server("be/a").up("-1 08:00").open();
        try (TestWarehouse warehouse = TestWarehouse.of(history);
                Connection views = warehouse.views();
                Statement statement = views.createStatement()) {
            statement.execute(
                    "insert into store.silences values ('lb1', '2025-11-12 10:00:00+01', '2025-11-12 11:30:00+01',"
                            + " 60000)");
            Explanation day = Explanations.of(views, ExplainTarget.parse("2025-11-12 be/a", BERLIN, DAY), BERLIN);
            assertThat(day.sums()).allMatch(Sum::agrees);
            assertThat(day.parts().stream().map(Part::title))
                    .containsExactly(
                            "up from 2025-11-12 00:00:00.000 to 2025-11-12 10:00:00.000 = 36000000 ms",
                            "unknown from 2025-11-12 10:00:00.000 to 2025-11-12 11:30:00.000 = 5400000 ms",
                            "up from 2025-11-12 11:30:00.000 to 2025-11-13 00:00:00.000 = 45000000 ms");
            assertThat(day.parts().get(1).words().get(0)).startsWith("start: its node logged nothing from then on");
            assertThat(day.parts().get(2).words().get(0)).startsWith("start: its node logged again");
        }
    }

    @Test
    void aProcessThatWasFirstHeardByTrafficIsSaidInWords() throws Exception {
        History history = new History("lb1", DAY, BERLIN);
        history.server("be/a")
                .up("-1 08:00")
                .down("10:00", ExampleDays.REFUSED)
                .inferred()
                .up("11:00")
                .open();
        history.says("be/a", "10:00", Transition.DOWN, new CheckReason(CheckStatus.L4CON, null, null, null));
        try (TestWarehouse warehouse = TestWarehouse.of(history);
                Connection views = warehouse.views();
                Statement statement = views.createStatement()) {
            statement.execute("insert into store.signs values ('lb1', 's', 777, '2025-11-12 11:00:00+01', 1, 1,"
                    + " '2025-11-12 11:00:00+01', '2025-11-12 11:00:00+01')");
            ExplainTarget asked = ExplainTarget.parse(idOf("be/a", "10:00:00", history), BERLIN, DAY);
            Part lines = Explanations.of(views, asked, BERLIN).parts().get(0);
            assertThat(lines.words())
                    .containsExactly(
                            "inferred: no line of this server shows its end: it is the end of the old process",
                            "a new process (pid 777) logged its first line at 2025-11-12 11:00:00 +01:00, a"
                                    + " traffic line, which is not kept: a reload");
        }
    }

    @Test
    void whatIsNotThereNamesTheNearest() throws Exception {
        History hard = ExampleDays.hardDay();
        assertThatThrownBy(() -> explain("2025-11-12 be_web/wbe1 down_ms", hard))
                .isInstanceOf(QueryException.class)
                .hasMessage(
                        "no server be_web/wbe1 is known on 2025-11-12 (zone Europe/Berlin); did you mean be_web/web1?");
        assertThatThrownBy(() -> explain("2025-11-12 lb2 be_web/web1 down_ms", hard))
                .hasMessage(
                        "node lb2 does not know be_web/web1 on 2025-11-12; did you mean lb1?; nodes that know it: lb1");
        assertThatThrownBy(() -> explain("2019-01-01 be_web/web1", hard))
                .hasMessage("nothing is known about any server on 2019-01-01 (zone Europe/Berlin)");
        assertThatThrownBy(() -> explain("2025-11-12T03:00 L4CON", hard))
                .hasMessageStartingWith("reasons_hour has no failed checks of all servers, L4CON from ");
        String id = idOf("be_web/web1", "10:00:00");
        String mistyped = id.substring(0, 11) + (id.charAt(11) == '0' ? '1' : '0');
        assertThatThrownBy(() -> explain(mistyped, hard)).hasMessageContaining("did you mean " + id + "?");
        assertThat(explain(id.substring(0, 6), hard).explain()).isEqualTo(id);
    }

    @Test
    void severalOfOneNameAreNamed() throws Exception {
        History one = new History("lb1", DAY, BERLIN);
        one.server("be/a").up("08:00").open();
        History other = new History("lb2", DAY, BERLIN);
        other.server("be/a").up("09:00").open();
        assertThatThrownBy(() -> explain("2025-11-12 be/a up_ms", one, other))
                .hasMessage("2 nodes know be/a on 2025-11-12; name one, as in \"2025-11-12 lb1 be/a\": lb1, lb2");
        assertThat(explain("2025-11-12 lb2 be/a up_ms", one, other).sums()).allMatch(Sum::agrees);

        History many = new History("lb1", DAY, BERLIN);
        History.Line line = many.server("be/a").up("-1 08:00");
        for (int minute = 10; minute < 50; minute++) {
            line.down("10:" + minute, ExampleDays.REFUSED).up("10:" + minute + ":30");
        }
        line.open();
        assertThatThrownBy(() -> {
                    for (char digit : "0123456789abcdef".toCharArray()) {
                        explain(String.valueOf(digit), many);
                    }
                })
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("several ids start with ");
    }

    @Test
    void aBackendsOutageAndFailedChecksAreExplained() throws Exception {
        History hard = ExampleDays.hardDay();
        String id = text("select backend_outage_id from backend_outages", hard);
        assertThat(explain(id, hard).sums()).hasSize(1).allMatch(Sum::agrees);
        Explanation incident = explain(text("select incident_id from incidents where servers = 2", hard), hard);
        assertThat(incident.sums()).hasSize(3).allMatch(Sum::agrees);
        assertThat(incident.parts()).hasSize(2);
        Explanation failures = explain("2025-11-12 be_pay/pay1 L6RSP failures", hard);
        assertThat(failures.parts().get(0).lines()).hasSize(1);
    }

    @Test
    void aNumberThatIsNotExplainedSaysSo() throws Exception {
        // The rollup of the example says three failed checks, its log has one line.
        Explanation failures = explain("2025-11-12 be_pay/pay1 L6RSP failures", ExampleDays.hardDay());
        assertThat(failures.sums().get(0).agrees()).isFalse();
        for (ExplainFormat format : List.of(ExplainFormat.TEXT, ExplainFormat.MARKDOWN)) {
            assertThat(print(failures, format)).contains("BUT the view has 3");
        }
    }

    @Test
    void linesOfOthersAreHarmlessInEveryFormatForPeople() throws Exception {
        History hard = ExampleDays.hardDay();
        for (String asked : List.of(
                idOf("be_pay/pay1", "19:47:03"), "2025-11-12 be_pay/pay1", "2025-11-12 be_pay/pay1 L6RSP failures")) {
            Explanation explanation = explain(asked, hard);
            for (ExplainFormat format : List.of(ExplainFormat.TEXT, ExplainFormat.MARKDOWN)) {
                String printed = print(explanation, format);
                assertThat(printed.codePoints().filter(c -> c != '\n').mapToObj(Printable::isVisible))
                        .as(asked + " " + format)
                        .doesNotContain(false);
                assertThat(printed.replace("\\", "")).contains("u{1b}[2J");
            }
            assertThat(print(explanation, ExplainFormat.MARKDOWN)).doesNotContain("<script", "<img", "**b**", "[l](");
            assertThat(print(explanation, ExplainFormat.JSON)).contains("\\u001B[2J");
        }
    }

    private static String print(Explanation explanation, ExplainFormat format) throws Exception {
        StringBuilder printed = new StringBuilder();
        format.render(explanation, printed);
        return printed.toString();
    }

    private static String sum(Explanation explanation, String name) {
        return explanation.sums().stream()
                .filter(sum -> sum.name().equals(name))
                .findFirst()
                .orElseThrow()
                .formula();
    }

    private static String idOf(String server, String clock) throws Exception {
        return idOf(server, clock, ExampleDays.hardDay());
    }

    private static String idOf(String server, String clock, History history) throws Exception {
        return text(
                "select outage_id from outages where proxy || '/' || server = '" + server
                        + "' and strftime(started_at at time zone 'Europe/Berlin', '%H:%M:%S') = '" + clock + "'",
                history);
    }

    private static String text(String sql, History history) throws Exception {
        try (TestWarehouse warehouse = TestWarehouse.of(history);
                Connection views = warehouse.views();
                Statement statement = views.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Explanation explain(String asked, History... histories) throws Exception {
        try (TestWarehouse warehouse = TestWarehouse.of(histories);
                Connection views = warehouse.views()) {
            return Explanations.of(views, ExplainTarget.parse(asked, BERLIN, DAY), BERLIN);
        }
    }
}
