package io.risefall.query.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A day as the report cuts it: half-open, {@code [from, to)}; {@code to} is now while the day lasts, and {@code from}
 * before it has begun.
 */
record Period(LocalDate day, ZoneId zone, Instant from, Instant to, Instant dayEnd) {
    static Period of(LocalDate day, ZoneId zone, Instant now) {
        Instant from = day.atStartOfDay(zone).toInstant();
        Instant dayEnd = day.plusDays(1).atStartOfDay(zone).toInstant();
        Instant to = now.isBefore(from) ? from : now.isBefore(dayEnd) ? now : dayEnd;
        return new Period(day, zone, from, to, dayEnd);
    }

    boolean isRunning() {
        return to.isBefore(dayEnd) && to.isAfter(from);
    }

    boolean isFuture() {
        return !to.isAfter(from);
    }

    /** Milliseconds of {@code [begin, end)} inside the period; cut at millisecond borders, so that neighbours add up. */
    long inside(Instant begin, Instant end) {
        long first = Math.max(begin.toEpochMilli(), from.toEpochMilli());
        long last = Math.min(end.toEpochMilli(), to.toEpochMilli());
        return Math.max(0, last - first);
    }
}
