package io.risefall.query.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A moment until now as somebody names it: an age such as {@code 10m}, a time of today such as {@code 14:30}, or {@code 2026-11-01T14:30},
 * each with seconds if need be, and with an offset such as {@code Z} or {@code +01:00}. Without an offset it is of a zone.
 */
public final class PastMoment {
    private static final Pattern AGE = Pattern.compile("[1-9]\\d{0,5}[mhd]");
    private static final Pattern CLOCK = Pattern.compile("\\d\\d:\\d\\d(:\\d\\d)?");
    private static final Pattern OFFSET = Pattern.compile(".*T.*([zZ]|[+-]\\d\\d:?\\d\\d)");

    private PastMoment() {}

    /** @throws IllegalArgumentException with a sentence for whom asked */
    public static Instant of(String text, ZoneId zone, Instant now) {
        Instant at = AGE.matcher(text).matches() ? Since.of(text, zone, now).at() : parsed(text, zone, now);
        if (at.isAfter(now)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is in the future; it is " + LocalTimes.exact(now, zone) + " now");
        }
        return at;
    }

    private static Instant parsed(String text, ZoneId zone, Instant now) {
        try {
            String iso = text.toUpperCase(Locale.ROOT).replaceFirst(" ", "T");
            if (OFFSET.matcher(iso).matches()) {
                return OffsetDateTime.parse(iso).toInstant();
            }
            LocalDateTime local = CLOCK.matcher(text).matches()
                    ? LocalDate.ofInstant(now, zone).atTime(LocalTime.parse(text))
                    : LocalDateTime.parse(iso);
            return in(zone, local, text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "invalid time '" + text + "': use an age such as 10m, a time of today such as 14:30, or "
                            + LocalDate.ofInstant(now, zone) + "T14:30",
                    e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("invalid time '" + text + "': " + e.getMessage(), e);
        }
    }

    private static Instant in(ZoneId zone, LocalDateTime local, String text) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() == 1) {
            return local.toInstant(offsets.get(0));
        }
        throw new IllegalArgumentException(
                offsets.isEmpty()
                        ? "'" + text + "' does not exist in " + zone + ": the clock skips it"
                        : "'" + text + "' occurs twice in " + zone + ": say which, such as " + local + offsets.get(0));
    }
}
