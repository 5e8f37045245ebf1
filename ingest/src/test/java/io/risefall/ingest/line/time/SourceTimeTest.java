package io.risefall.ingest.line.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The year of timestamps that have none. */
class SourceTimeTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");
    private static final LocalTime NOON = LocalTime.NOON;

    @ParameterizedTest
    @CsvSource({
        // last change, month, day, expected year
        "2026-11-23T00:00:00Z, 11, 22, 2026",
        "2026-11-23T00:00:00Z, 6, 1, 2026",
        "2027-01-01T00:00:10Z, 12, 31, 2026",
        "2026-12-31T23:59:50Z, 1, 1, 2027",
        // A file over the New Year, imported in March.
        "2027-01-20T00:00:00Z, 12, 30, 2026",
        "2027-01-20T00:00:00Z, 1, 2, 2027",
        // Rotated long ago: its last change is what counts.
        "2024-01-02T00:00:00Z, 12, 31, 2023",
        "2024-01-02T00:00:00Z, 1, 1, 2024",
        // 29 February is of a leap year.
        "2028-03-01T00:00:00Z, 2, 29, 2028",
        "2027-01-10T00:00:00Z, 2, 29, 2028",
        "2026-01-23T00:00:00Z, 2, 29, 2024",
        "2025-02-28T00:00:00Z, 2, 29, 2024",
        "2027-03-01T00:00:00Z, 2, 29, 2028",
        "1903-01-01T00:00:00Z, 2, 29, 1904"
    })
    void theYearIsTheNearest(Instant lastChange, int month, int day, int year) {
        assertThat(at("UTC", lastChange, null, month, day, LATER))
                .isEqualTo(LocalDate.of(year, month, day).atTime(NOON).toInstant(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource({
        // A copied file has the time of the copy for its last change, and what it tells was before.
        "2026-11-23T00:00:00Z, 3, 1, 2026",
        "2026-11-23T00:00:00Z, 1, 2, 2026",
        "2026-11-23T00:00:00Z, 2, 29, 2024",
        // A clock can be ahead.
        "2026-12-31T23:59:50Z, 1, 1, 2027",
        "2026-11-23T00:00:00Z, 12, 20, 2026",
        "2026-12-23T00:00:00Z, 1, 20, 2027"
    })
    void noLineIsOfLongAfterItsReceipt(Instant now, int month, int day, int year) {
        Instant expected = LocalDate.of(year, month, day).atTime(NOON).toInstant(ZoneOffset.UTC);
        assertThat(at("UTC", now, null, month, day, now)).isEqualTo(expected);
        assertThat(at("UTC", null, null, month, day, now))
                .as("from the network")
                .isEqualTo(expected);
    }

    @Test
    void aGivenYearIsTaken() {
        Instant changed = Instant.parse("2026-11-23T00:00:00Z");
        assertThat(at("UTC", changed, 2019, 11, 22, LATER)).isEqualTo("2019-11-22T12:00:00Z");
        assertThat(at("UTC", changed, 2027, 2, 29, changed)).isEqualTo("2024-02-29T12:00:00Z");
    }

    @Test
    void aDayThatNoYearHasIsNone() {
        SourceTime time = time("UTC", null, null);
        NodeTimes.Node node = new NodeTimes().of("lb1");
        assertThat(time.of(node, UTC, 2, 30, NOON, LATER)).isNull();
        assertThat(time.of(node, UTC, 0, 1, NOON, LATER)).isNull();
        assertThat(time.ofDayOfYear(node, 366, NOON, LATER)).isNull();
    }

    @Test
    void daysOfTheYearCountFromZero() {
        SourceTime time = time("Asia/Kolkata", Instant.parse("2026-11-23T00:00:00Z"), null);
        NodeTimes.Node node = new NodeTimes().of("lb1");
        assertThat(time.ofDayOfYear(node, 326, LocalTime.of(1, 39, 48), LATER)).isEqualTo("2026-11-22T20:09:48Z");
        assertThat(time.ofDayOfYear(node, 0, NOON, LATER)).isEqualTo("2027-01-01T06:30:00Z");
    }

    @Test
    void theYearOfASourceThatIsFollowedForMonthsMovesOn() {
        SourceTime time = time("UTC", Instant.parse("2026-01-10T00:00:00Z"), null);
        NodeTimes.Node node = new NodeTimes().of("lb1");
        for (int month = 1; month <= 24; month++) {
            int year = 2026 + (month - 1) / 12;
            int inYear = (month - 1) % 12 + 1;
            Instant expected = Instant.parse("%d-%02d-05T12:00:00Z".formatted(year, inYear));
            Instant at = time.of(node, UTC, inYear, 5, NOON, expected.plusSeconds(1));
            assertThat(at).isEqualTo(expected);
            node.seen(expected);
        }
    }

    private static @Nullable Instant at(
            String zone, @Nullable Instant near, @Nullable Integer year, int month, int day, Instant receivedAt) {
        return time(zone, near, year).of(new NodeTimes().of("lb1"), ZoneId.of(zone), month, day, NOON, receivedAt);
    }

    private static SourceTime time(String zone, @Nullable Instant near, @Nullable Integer year) {
        return new SourceTime(
                new LineContext("test", LineDefaults.of(ZoneId.of(zone)).withYear(year), near), new NodeTimes());
    }
}
