package io.risefall.query.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Times as the reader of one day's report wants them: the clock alone on that day, the date too on others, and the
 * offset in the hour that the end of summer time repeats.
 */
public final class LocalTimes {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DATE_AND_CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter LONG_DAY = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.ENGLISH);

    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private static final DateTimeFormatter EXACT = new DateTimeFormatterBuilder()
            .append(DATE_AND_CLOCK)
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    private final LocalDate day;
    private final ZoneId zone;

    public LocalTimes(LocalDate day, ZoneId zone) {
        this.day = day;
        this.zone = zone;
    }

    /** {@code 14:03:07}, or {@code 2025-11-02 14:03:07} on another day. */
    public String at(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        String words = (local.toLocalDate().equals(day) ? CLOCK : DATE_AND_CLOCK).format(local);
        return words + offsetIfRepeated(local);
    }

    /** As {@link #at(Instant)}; null is a dash. */
    public String atOrDash(@Nullable Instant at) {
        return at == null ? "–" : at(at);
    }

    /** {@code 14:03}. */
    public String minute(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        return MINUTE.format(local) + offsetIfRepeated(local);
    }

    /** Date and clock with the zone's offset: {@code 2025-11-02 14:03:07 +01:00}. */
    public String full(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        return DATE_AND_CLOCK.format(local) + " " + offset(local);
    }

    /** To the microsecond, as far as the line says: {@code 2025-11-02 14:03:07.250113 +01:00}. */
    public static String exact(Instant at, ZoneId zone) {
        ZonedDateTime local = at.atZone(zone);
        return EXACT.format(local) + " " + offset(local);
    }

    /** To the millisecond, which durations are computed with: {@code 2025-11-02 14:03:07.250}. */
    public static String toMillis(Instant at, ZoneId zone) {
        return MILLIS.format(Instant.ofEpochMilli(Millis.of(at)).atZone(zone));
    }

    /** {@code Monday 3 November 2025}. */
    public String longDay() {
        return LONG_DAY.format(day);
    }

    private String offsetIfRepeated(ZonedDateTime local) {
        return zone.getRules().getValidOffsets(local.toLocalDateTime()).size() > 1 ? " " + offset(local) : "";
    }

    private static String offset(ZonedDateTime local) {
        return local.getOffset().getTotalSeconds() == 0
                ? "UTC"
                : local.getOffset().getId();
    }
}
