package io.risefall.query.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A day as the report cuts it: half-open, {@code [from, to)}; {@code to} is now while the day lasts, and {@code from}
 * before it has begun.
 *
 * @param knownUntil until when the log tells, if that is before {@code to}; else null
 */
record Period(
        LocalDate day,
        ZoneId zone,
        Instant from,
        Instant to,
        Instant dayEnd,
        @Nullable Instant knownUntil) {
    /** A live source says every few seconds that it still listens; within this time it is as good as now. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    /**
     * Cuts the day.
     *
     * @param known until when the log tells of each node. While the day lasts and a node is followed live, the period ends
     *     with what has been read, a moment ago: so no time is unknown only because it has just passed.
     */
    static Period of(LocalDate day, ZoneId zone, Instant now, Collection<Instant> known) {
        Instant from = day.atStartOfDay(zone).toInstant();
        Instant dayEnd = day.plusDays(1).atStartOfDay(zone).toInstant();
        Instant to = now.isBefore(from) ? from : now.isBefore(dayEnd) ? now : dayEnd;
        if (to.equals(now)) {
            to = known.stream()
                    .filter(until -> until.isBefore(now) && until.isAfter(now.minus(FRESH)) && until.isAfter(from))
                    .min(Comparator.naturalOrder())
                    .orElse(to);
        }
        Instant last = known.stream().max(Comparator.naturalOrder()).orElse(null);
        boolean endsEarly = last != null && last.isBefore(to) && last.isAfter(from);
        return new Period(day, zone, from, to, dayEnd, endsEarly ? last : null);
    }

    /** Whether a log that ends then tells of the end of the period, or of the moment when all logs end. */
    boolean reachesTheEnd(Instant until) {
        return !until.isBefore(knownUntil == null ? to : knownUntil.minus(FRESH));
    }

    /** {@code now}, {@code at the end of the day}, or {@code when the log ended}. */
    String whenEnd() {
        return knownUntil != null ? "when the log ended" : isRunning() ? "now" : "at the end of the day";
    }

    /** Whether the end is spoken of as the present. */
    boolean isPresent() {
        return knownUntil == null && isRunning();
    }

    boolean isRunning() {
        return to.isBefore(dayEnd) && to.isAfter(from);
    }

    boolean isFuture() {
        return !to.isAfter(from);
    }

    /** Milliseconds of {@code [begin, end)} inside the period; cut at millisecond borders, so that neighbours add up. */
    long inside(Instant begin, Instant end) {
        long first = Math.max(Millis.of(begin), Millis.of(from));
        long last = Math.min(Millis.of(end), Millis.of(to));
        return Math.max(0, last - first);
    }
}
