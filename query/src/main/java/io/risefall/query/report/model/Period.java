package io.risefall.query.report.model;

import io.risefall.query.time.LocalTimes;
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
 * A day, or several, as the report cuts it: half-open, {@code [from, to)}; {@code to} is now while the last day lasts, and
 * {@code from} before the first one has begun.
 *
 * @param day the first day
 * @param dayEnd the end of the last one
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

    /** Cuts one day; see below. */
    public static Period of(LocalDate day, ZoneId zone, Instant now, Collection<Instant> known) {
        return of(day, day, zone, now, known);
    }

    /**
     * Cuts the days from the first to the last. While they last, the period ends with the last word of all nodes that are followed, a moment ago, and
     * every line that was read lies within it: so what is said of "now" is what was read last, and no time is unknown only
     * because it has just passed.
     *
     * @param known until when the log tells of each node
     */
    public static Period of(LocalDate day, LocalDate last, ZoneId zone, Instant now, Collection<Instant> known) {
        Instant from = day.atStartOfDay(zone).toInstant();
        Instant dayEnd = last.plusDays(1).atStartOfDay(zone).toInstant();
        Instant to = now.isBefore(from) ? from : now.isBefore(dayEnd) ? now : dayEnd;
        Instant told = known.stream().max(Comparator.naturalOrder()).orElse(null);
        if (told != null && to.equals(now) && told.isAfter(from) && isFresh(told, now)) {
            to = earlier(dayEnd, afterwards(told));
        }
        boolean endsEarly = told != null && told.isBefore(to.minusMillis(1)) && told.isAfter(from);
        return new Period(day, zone, from, to, dayEnd, endsEarly ? told : null);
    }

    /** The first full millisecond after it: the period is half-open, and what was said last belongs to it. */
    private static Instant afterwards(Instant last) {
        return last.truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
    }

    /** Whether a log whose last word is of then tells of the present. */
    public static boolean isFresh(Instant last, Instant now) {
        return last.isAfter(now.minus(FRESH)) && last.isBefore(now.plus(FRESH));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** The last of its days. */
    public LocalDate lastDay() {
        return dayEnd.atZone(zone).toLocalDate().minusDays(1);
    }

    /** {@code day}, or {@code period} of several. */
    public String noun() {
        return isOneDay() ? "day" : "period";
    }

    /** {@code on this day}, or {@code in this period}. */
    public String during() {
        return isOneDay() ? "on this day" : "in this period";
    }

    /** How its moments are written: with the date, where there are several days. */
    public LocalTimes times() {
        return new LocalTimes(isOneDay() ? day : LocalDate.MIN, zone);
    }

    private boolean isOneDay() {
        return lastDay().equals(day);
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
        return knownUntil != null ? "when the log ended" : isRunning() ? "now" : "at the end of the " + noun();
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
