package io.risefall.query.page.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.report.ExampleDays;
import io.risefall.query.report.History;
import io.risefall.query.report.TestWarehouse;
import io.risefall.query.report.period.CalendarPeriod;
import io.risefall.query.report.period.CalendarUnit;
import io.risefall.query.report.period.PeriodReport;
import io.risefall.query.report.period.PeriodReports;
import io.risefall.query.report.period.PeriodRequest;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.Slow;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the list says of a period is what its report says. */
@Slow
class PeriodVerdictsTest {
    private static final Instant NOW = Instant.parse("2025-11-14T17:00:00.123456789Z");

    static Stream<List<History>> histories() {
        return Stream.of(
                List.of(ExampleDays.hardDay()), List.of(ExampleDays.threeNodes()), List.of(ExampleDays.leaders()));
    }

    @ParameterizedTest
    @MethodSource("histories")
    void areThoseOfTheReports(List<History> histories) throws Exception {
        List<CalendarPeriod> periods = Stream.concat(
                        Stream.iterate(
                                        CalendarPeriod.of(CalendarUnit.DAY, ExampleDays.DAY.plusDays(2)),
                                        CalendarPeriod::before)
                                .limit(Length.of(3, 5)),
                        Stream.of(CalendarPeriod.of(CalendarUnit.WEEK, ExampleDays.DAY)))
                .toList();
        try (TestWarehouse warehouse = TestWarehouse.of(histories.toArray(History[]::new));
                Connection views = warehouse.views()) {
            PeriodVerdicts verdicts = PeriodVerdicts.read(views, periods, ExampleDays.BERLIN, NOW);
            for (CalendarPeriod period : periods) {
                PeriodReport report =
                        PeriodReports.of(views, new PeriodRequest(period, ExampleDays.BERLIN, null, null, null), NOW);
                assertThat(words(verdicts.of(period))).as(period.words()).isEqualTo(words(report));
            }
        }
    }

    private static String words(PeriodVerdicts.Verdict verdict) {
        return verdict.outages() + " outages, " + verdict.flapping() + " flapping, " + verdict.availability();
    }

    private static String words(PeriodReport report) {
        long flapping = report.servers().stream()
                .filter(server -> server.flappingMs() > 0)
                .count();
        return report.fleet().outages() + " outages, " + flapping + " flapping, "
                + report.fleet().time().availabilityText();
    }
}
