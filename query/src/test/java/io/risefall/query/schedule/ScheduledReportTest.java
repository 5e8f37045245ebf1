package io.risefall.query.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.report.period.CalendarPeriod;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a report is due, and of which period. */
class ScheduledReportTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            day   | 06:00 Europe/Berlin | 2026-11-28T04:59:59Z | 2026-11-26
            day   | 06:00 Europe/Berlin | 2026-11-28T05:00:00Z | 2026-11-27
            day   | 00:00 UTC           | 2026-11-28T00:00:00Z | 2026-11-27
            day   | 06:00               | 2026-11-28T06:00:00Z | 2026-11-27
            week  | 07:30 Europe/Berlin | 2026-11-30T06:29:59Z | 2026-11-16
            week  | 07:30 Europe/Berlin | 2026-11-30T06:30:00Z | 2026-11-23
            month | 06:00 Asia/Tokyo    | 2026-11-30T20:59:59Z | 2026-10-01
            month | 06:00 Asia/Tokyo    | 2026-11-30T21:00:00Z | 2026-11-01
            # In Berlin 02:30 is left out on 28 March 2027: it is 03:30 then, and the day of 23 hours is reported the day after.
            day   | 02:30 Europe/Berlin | 2027-03-28T01:29:59Z | 2027-03-26
            day   | 02:30 Europe/Berlin | 2027-03-28T01:30:00Z | 2027-03-27
            day   | 02:30 Europe/Berlin | 2027-03-29T00:30:00Z | 2027-03-28
            """)
    void theLatestIs(String report, String at, Instant now, String firstDay) {
        List<CalendarPeriod> due = report(report, at).due(Instant.EPOCH, now, 1);
        assertThat(due).extracting(period -> period.first().toString()).containsExactly(firstDay);
    }

    @Test
    void whatWasMissedIsDueTooAndWhatWasBeforeIsNot() {
        Instant since = Instant.parse("2026-11-25T12:00:00Z");
        Instant now = Instant.parse("2026-11-28T12:00:00Z");
        assertThat(report("day", "06:00 UTC").due(since, now, 7))
                .extracting(period -> period.first().toString())
                .containsExactly("2026-11-25", "2026-11-26", "2026-11-27");
        assertThat(report("day", "06:00 UTC").due(since, now, 2))
                .extracting(period -> period.first().toString())
                .containsExactly("2026-11-26", "2026-11-27");
        assertThat(report("week", "06:00 UTC").due(since, now, 7)).isEmpty();
    }

    @Test
    void anotherTimeOfDayIsTheSameReport() {
        assertThat(report("day", "06:00 UTC").key())
                .isEqualTo(report("day", "07:00 UTC").key());
        assertThat(report("day", "06:00 UTC").key())
                .isNotEqualTo(report("day", "06:00 Asia/Tokyo").key());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dayly | 06:00 UTC  | report: must be day, week or month, and is 'dayly'
            day   | 6 o'clock  | at: must be a time and a zone, such as 06:00 Europe/Berlin, and begins with '6'
            day   | 06:00 Berl | at: 'Berl' is no zone, such as Europe/Berlin
            """)
    void whatMeansNothingIsRefused(String report, String at, String why) {
        assertThatThrownBy(() -> report(report, at))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(why);
    }

    @Test
    void somebodyMustGetIt() {
        assertThatThrownBy(() -> ScheduledReport.of("day", "06:00", null, List.of(), UTC))
                .hasMessageContaining("names nobody");
    }

    private static ScheduledReport report(String report, String at) {
        return ScheduledReport.of(report, at, null, List.of("ops"), UTC);
    }
}
