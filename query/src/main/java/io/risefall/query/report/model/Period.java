package io.risefall.query.report.model;

import io.risefall.query.time.Millis;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A day as the report cuts it: half-open, {@code [from, to)}; {@code to} is now while the day lasts, and {@code from}
 * before it has begun.
 *
 * @param knownUntil until when the log tells, if that is before {@code to}; else null
 */
public record Period(
        LocalDate day,
        ZoneId zone,
        Instant from,
        Instant to,
        Instant dayEnd,
        @Nullable Instant knownUntil) {
    /** A live source says every few seconds that it still listens; within this time it is as good as now. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    /**
     * Cuts the day. While it lasts, the period ends with the last word of all nodes that are followed, a moment ago, and
     * every line that was read lies within it: so what is said of "now" is what was read last, and no time is unknown only
     * because it has just passed.
     *
     * @param known until when the log tells of each node
     */
    public static Period of(LocalDate day, ZoneId zone, Instant now, Collection<Instant> known) {
        Instant from = day.atStartOfDay(zone).toInstant();
        Instant dayEnd = day.plusDays(1).atStartOfDay(zone).toInstant();
        Instant to = now.isBefore(from) ? from : now.isBefore(dayEnd) ? now : dayEnd;
        Instant last = known.stream().max(Comparator.naturalOrder()).orElse(null);
        if (last != null && to.equals(now) && last.isAfter(from) && isFresh(last, now)) {
            to = earlier(dayEnd, afterwards(last));
        }
        boolean endsEarly = last != null && last.isBefore(to.minusMillis(1)) && last.isAfter(from);
        return new Period(day, zone, from, to, dayEnd, endsEarly ? last : null);
    }

    /** The first full millisecond after it: the period is half-open, and what was said last belongs to it. */
    private static Instant afterwards(Instant last) {
        return last.truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
    }

    private static boolean isFresh(Instant last, Instant now) {
        return last.isAfter(now.minus(FRESH)) && last.isBefore(now.plus(FRESH));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Whether a log that ends then tells of the end of the period, or of the moment when all logs end. */
    public boolean reachesTheEnd(Instant until) {
        return !until.isBefore(end().minus(FRESH));
    }

    /** The moment of which all states are told: the end, or when the last log ended. */
    public Instant end() {
        return knownUntil == null ? to : knownUntil;
    }

    /**
     * Until when what a node said last holds: until its log ends; where that is a moment ago, until the end.
     *
     * @param until the end of its log
     */
    public Instant validUntil(Instant until) {
        return isPresent() && reachesTheEnd(until) && until.isBefore(to) ? to : until;
    }

    /** {@code now}, {@code at the end of the day}, or {@code when the log ended}. */
    public String whenEnd() {
        return knownUntil != null ? "when the log ended" : isRunning() ? "now" : "at the end of the day";
    }

    /** Whether the end is spoken of as the present. */
    public boolean isPresent() {
        return knownUntil == null && isRunning();
    }

    public boolean isRunning() {
        return to.isBefore(dayEnd) && to.isAfter(from);
    }

    public boolean isFuture() {
        return !to.isAfter(from);
    }

    /** Milliseconds of {@code [begin, end)} inside the period; cut at millisecond borders, so that neighbours add up. */
    public long inside(Instant begin, Instant end) {
        long first = Math.max(Millis.of(begin), Millis.of(from));
        long last = Math.min(Millis.of(end), Millis.of(to));
        return Math.max(0, last - first);
    }
}
