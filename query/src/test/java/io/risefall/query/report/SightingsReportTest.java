package io.risefall.query.report;

import static io.risefall.query.report.ExampleDays.BERLIN;
import static io.risefall.query.report.ExampleDays.DAY;
import static io.risefall.query.report.ExampleDays.LATER;
import static io.risefall.query.report.ExampleDays.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.model.Sightings;
import io.risefall.schemas.suite.Slow;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who saw a server down, as the report tells it. */
@Slow
class SightingsReportTest {
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    @Test
    void nothingIsTimedAfterTheLogsEnd() throws Exception {
        History first = new History("lb1", DAY, BERLIN).readUntil("12:00");
        first.server("web/a").up("-1 08:00").down("11:00", REFUSED).open();
        History second = new History("lb2", DAY, BERLIN).readUntil("12:00");
        second.server("web/a").up("-1 08:00").down("11:00", REFUSED).open();

        assertThat(sightings(first, second))
                .containsExactly(new Sightings("web", "a", 2, 60 * MINUTE, 0, 0, List.of()));
    }

    @Test
    void aNodeWhoseLogEndedDoesNotSayThatItWasUp() throws Exception {
        History ended = new History("lb1", DAY, BERLIN).readUntil("10:00");
        ended.server("web/a").up("-1 08:00").open();
        History other = new History("lb2", DAY, BERLIN).readUntil("12:00");
        other.server("web/a").up("-1 08:00").down("11:00", REFUSED).up("11:30").open();

        assertThat(sightings(ended, other)).containsExactly(new Sightings("web", "a", 2, 0, 0, 30 * MINUTE, List.of()));
    }

    @Test
    void nodesMayBeNamedAsTheyLike() throws Exception {
        History one = new History("lb1, rack 2", DAY, BERLIN);
        one.server("web/a").up("-1 08:00").down("11:00", REFUSED).up("11:30").open();
        History other = new History("lb2", DAY, BERLIN);
        other.server("web/a").up("-1 08:00").open();

        assertThat(sightings(one, other))
                .containsExactly(new Sightings("web", "a", 2, 0, 30 * MINUTE, 0, List.of("lb1, rack 2")));
    }

    @Test
    void aServerOfOneNodeIsNotAskedAbout() throws Exception {
        History one = new History("lb1", DAY, BERLIN);
        one.server("web/a").up("-1 08:00").down("11:00", REFUSED).up("11:30").open();
        History other = new History("lb2", DAY, BERLIN);
        other.server("web/b").up("-1 08:00").open();

        assertThat(sightings(one, other)).isEmpty();
    }

    private static List<Sightings> sightings(History... histories) throws Exception {
        try (TestWarehouse warehouse = TestWarehouse.of(histories);
                Connection views = warehouse.views()) {
            return DayReports.of(views, DayRequest.of(DAY, BERLIN), LATER, false)
                    .rows(Sightings.SECTION);
        }
    }
}
