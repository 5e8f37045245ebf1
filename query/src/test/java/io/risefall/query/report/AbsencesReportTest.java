package io.risefall.query.report;

import static io.risefall.query.report.ExampleDays.BERLIN;
import static io.risefall.query.report.ExampleDays.DAY;
import static io.risefall.query.report.ExampleDays.LATER;
import static io.risefall.query.report.ExampleDays.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.report.cause.Cause;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.text.DayText;
import io.risefall.schemas.suite.Slow;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** That Risefall was away, as the report tells it: its own gap, and nobody else's. */
@Slow
class AbsencesReportTest {
    @Test
    void whatWasDownThenIsNotCertainToBeDownAndNobodyElseIsAccused() throws Exception {
        History lb1 = new History("lb1", DAY, BERLIN);
        lb1.server("web/a").up("-1 08:00").down("11:00", REFUSED).inferred().open();
        lb1.server("web/b").up("-1 08:00").open();
        lb1.absent("11:01", "11:02", "web/a", "web/b");

        DayReport report = report(lb1);

        assertThat(report.verdict().sentence())
                .startsWith("1 of 2 servers was down at its last line, but may be up again");
        assertThat(report.verdict().more())
                .startsWith("web/a on lb1 was DOWN at the last line and may be up again: Risefall was away from"
                        + " 11:01:00 to 11:02:00, and no line has shown the state since.");
        assertThat(report.caveats())
                .anySatisfy(caveat -> assertThat(caveat)
                        .startsWith("Risefall itself did not listen to ")
                        .endsWith(" from 11:01:00 to 11:02:00 (1 min; Risefall was stopped): what lb1 logged"
                                + " there meanwhile is lost."))
                .anySatisfy(caveat -> assertThat(caveat)
                        .startsWith("No line has named 2 servers since then (web/a on lb1, web/b on lb1)"));
        assertThat(String.join(" ", report.caveats()))
                .doesNotContain("network", "clock", "its log path", "application");
        ServerDay a = report.servers().stream()
                .filter(server -> server.name().equals("web/a"))
                .findFirst()
                .orElseThrow();
        assertThat(a.time().doubtedDownMs()).isPositive();
    }

    @Test
    void aNodeThatWasNotListenedToIsNoWitnessAgainstTheOthers() throws Exception {
        History lb1 = new History("lb1", DAY, BERLIN);
        lb1.server("web/a").up("-1 08:00").open();
        lb1.absent("10:59:50", "11:01", "web/a");
        History lb2 = new History("lb2", DAY, BERLIN);
        lb2.server("web/a").up("-1 08:00").down("11:00", REFUSED).up("11:00:40").open();

        DayReport report = report(lb1, lb2);

        assertThat(report.outages()).singleElement().satisfies(outage -> {
            assertThat(outage.diagnosis().cause()).isEqualTo(Cause.SERVER_NOT_RUNNING);
            assertThat(outage.diagnosis().why()).doesNotContain("nodes");
        });
        assertThat(new DayText(report).sightingsNote())
                .contains("Risefall was away")
                .doesNotContain("path from");
    }

    @Test
    void withoutAnyNothingIsSaid() throws Exception {
        History lb1 = new History("lb1", DAY, BERLIN);
        lb1.server("web/a").up("-1 08:00").down("11:00", REFUSED).open();

        DayReport report = report(lb1);

        assertThat(report.verdict().more()).doesNotContain("Risefall");
        assertThat(report.caveats()).noneMatch(caveat -> caveat.contains("Risefall"));
    }

    @Test
    void manyAreNotAllListed() throws Exception {
        History lb1 = new History("lb1", DAY, BERLIN);
        lb1.server("web/a").up("-1 08:00").open();
        for (int hour = 10; hour < 20; hour++) {
            lb1.absent(hour + ":00", hour + ":01");
        }

        assertThat(report(lb1).caveats())
                .filteredOn(caveat -> caveat.contains("Risefall"))
                .hasSize(6)
                .last()
                .isEqualTo("Risefall was away 5 more times on this day: see the view absences.");
    }

    private static DayReport report(History... histories) throws Exception {
        try (TestWarehouse warehouse = TestWarehouse.of(histories);
                Connection views = warehouse.views()) {
            return DayReports.of(views, DayRequest.of(DAY, BERLIN), LATER, false);
        }
    }
}
