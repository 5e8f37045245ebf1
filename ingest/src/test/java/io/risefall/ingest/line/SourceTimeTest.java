package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Stamps without year and zone. */
class SourceTimeTest {
    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");
    private static final LocalTime NOON = LocalTime.NOON;

    @Test
    void theYearIsTheNearest() {
        assertThat(at("UTC", "2026-11-23T00:00:00Z", null, 11, 22, NOON)).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(at("UTC", "2027-01-01T00:00:10Z", null, 12, 31, NOON)).isEqualTo("2026-12-31T12:00:00Z");
        assertThat(at("UTC", "2026-12-31T23:59:50Z", null, 1, 1, NOON)).isEqualTo("2027-01-01T12:00:00Z");
        assertThat(at("UTC", "2026-11-23T00:00:00Z", null, 6, 1, NOON)).isEqualTo("2026-06-01T12:00:00Z");
    }

    @Test
    void aLeapDayIsInALeapYear() {
        assertThat(at("UTC", "2026-11-23T00:00:00Z", null, 2, 29, NOON)).isEqualTo("2028-02-29T12:00:00Z");
        assertThat(at("UTC", "2026-01-23T00:00:00Z", null, 2, 29, NOON)).isEqualTo("2024-02-29T12:00:00Z");
        assertThat(at("UTC", "2026-01-23T00:00:00Z", 2027, 2, 29, NOON)).isEqualTo("2024-02-29T12:00:00Z");
        assertThat(at("UTC", "2028-03-01T00:00:00Z", null, 2, 29, NOON)).isEqualTo("2028-02-29T12:00:00Z");
    }

    @Test
    void aGivenYearIsTaken() {
        assertThat(at("UTC", "2026-11-23T00:00:00Z", 2019, 11, 22, NOON)).isEqualTo("2019-11-22T12:00:00Z");
    }

    @Test
    void aDayThatNoYearHasIsNone() {
        SourceTime time = time("UTC", "2026-11-23T00:00:00Z", null);
        assertThat(time.of(2, 30, NOON, LATER)).isNull();
        assertThat(time.of(0, 1, NOON, LATER)).isNull();
        assertThat(time.ofDayOfYear(366, NOON, LATER)).isNull();
    }

    @Test
    void daysOfTheYearCountFromZero() {
        SourceTime time = time("Asia/Kolkata", "2026-11-23T00:00:00Z", null);
        assertThat(time.ofDayOfYear(326, LocalTime.of(1, 39, 48), LATER)).isEqualTo("2026-11-22T20:09:48Z");
        assertThat(time.ofDayOfYear(0, NOON, LATER)).isEqualTo("2027-01-01T06:30:00Z");
    }

    @Test
    void theDoubledHourIsSettledByOrder() {
        SourceTime time = time("Europe/Berlin", "2026-11-23T00:00:00Z", null);
        assertThat(time.of(10, 25, LocalTime.of(2, 10), LATER)).isEqualTo("2026-10-25T00:10:00Z");
        assertThat(time.of(10, 25, LocalTime.of(2, 59), LATER)).isEqualTo("2026-10-25T00:59:00Z");
        // A little out of order.
        assertThat(time.of(10, 25, LocalTime.of(2, 40), LATER)).isEqualTo("2026-10-25T00:40:00Z");
        assertThat(time.of(10, 25, LocalTime.of(2, 58), LATER)).isEqualTo("2026-10-25T00:58:00Z");
        // The second pass.
        assertThat(time.of(10, 25, LocalTime.of(2, 1), LATER)).isEqualTo("2026-10-25T01:01:00Z");
        assertThat(time.of(10, 25, LocalTime.of(2, 30), LATER)).isEqualTo("2026-10-25T01:30:00Z");
        assertThat(time.of(10, 25, LocalTime.of(3, 0), LATER)).isEqualTo("2026-10-25T02:00:00Z");
    }

    @Test
    void aTimeInTheGapIsMovedOn() {
        assertThat(at("Europe/Berlin", "2026-03-29T12:00:00Z", null, 3, 29, LocalTime.of(2, 30)))
                .isEqualTo("2026-03-29T01:30:00Z");
    }

    @Test
    void aSourceThatIsFollowedForMonthsKeepsItsYear() {
        SourceTime time = time("UTC", "2026-01-10T00:00:00Z", null);
        for (int month = 1; month <= 12; month++) {
            Instant expected = Instant.parse("2026-%02d-05T12:00:00Z".formatted(month));
            assertThat(time.of(month, 5, NOON, expected.plusSeconds(1))).isEqualTo(expected);
        }
        assertThat(time.of(1, 5, NOON, Instant.parse("2027-01-05T12:00:01Z"))).isEqualTo("2027-01-05T12:00:00Z");
    }

    private static @Nullable Instant at(
            String zone, String near, @Nullable Integer year, int month, int day, LocalTime at) {
        return time(zone, near, year).of(month, day, at, LATER);
    }

    private static SourceTime time(String zone, String near, @Nullable Integer year) {
        return new SourceTime(
                new LineContext("test", LineDefaults.of(ZoneId.of(zone)).withYear(year), Instant.parse(near)));
    }
}
