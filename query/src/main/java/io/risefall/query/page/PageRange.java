package io.risefall.query.page;

import io.risefall.query.time.LocalTimes;
import io.risefall.query.time.Since;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stretch of time that a page shows: {@code last=30d}, or {@code from=} and {@code to=}, each a day, a clock time of the zone
 * ({@code 2026-11-23T10:00}) or one with its offset.
 *
 * @param from where it begins
 * @param to where it ends
 * @param last the age that was asked for; empty: none was
 */
public record PageRange(Instant from, Instant to, String last) {
    /** What can be chosen: an age and its name. */
    public static final List<List<String>> PRESETS = List.of(
            List.of("1h", "1 hour"),
            List.of("6h", "6 hours"),
            List.of("1d", "1 day"),
            List.of("7d", "7 days"),
            List.of("30d", "30 days"),
            List.of("90d", "90 days"),
            List.of("365d", "1 year"));

    /** @param usual the age where nothing is asked for */
    public static PageRange of(Visit visit, String usual) {
        Map<String, String> asked = visit.request().parameters();
        String from = asked.getOrDefault("from", "");
        String to = asked.getOrDefault("to", "");
        if (from.isEmpty() && to.isEmpty()) {
            String last = asked.getOrDefault("last", usual);
            return new PageRange(Since.of(last, visit.zone(), visit.now()).at(), visit.now(), last);
        }
        Instant end = to.isEmpty() ? visit.now() : moment(to, visit.zone(), 1);
        Instant begin = from.isEmpty() ? end.minusSeconds(86_400) : moment(from, visit.zone(), 0);
        if (!begin.isBefore(end)) {
            throw new IllegalArgumentException("from must be before to: " + from + ", " + to);
        }
        return new PageRange(begin, end, "");
    }

    /** @param days added to a day that is given without a time: a range ends with its last day */
    private static Instant moment(String text, ZoneId zone, int days) {
        @Nullable Instant at = null;
        try {
            if (text.length() == 10) {
                at = LocalDate.parse(text).plusDays(days).atStartOfDay(zone).toInstant();
            } else if (text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")) {
                at = OffsetDateTime.parse(text).toInstant();
            } else {
                at = LocalDateTime.parse(text).atZone(zone).toInstant();
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a time: use 2026-11-23, 2026-11-23T10:00 or 2026-11-23T10:00:00Z", e);
        }
        return at;
    }

    /** Moments in it: those of its last day without the date. */
    public LocalTimes times(ZoneId zone) {
        return new LocalTimes(to.minusNanos(1).atZone(zone).toLocalDate(), zone);
    }

    /** As a query asks for it. */
    public String query() {
        return last.isEmpty() ? "from=" + from + "&to=" + to : "last=" + last;
    }
}
