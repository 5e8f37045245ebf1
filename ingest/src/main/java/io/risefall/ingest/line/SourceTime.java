package io.risefall.ingest.line;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time of one source: gives stamps the year and the zone that they lack. Remembers the last moment that it gave out,
 * because in the doubled hour at the end of summer time only the order of lines tells which of the two is meant. Used by
 * one thread.
 */
final class SourceTime {
    /** Lines of one source can be a little out of order; further back than this is the doubled hour's second pass. */
    private static final Duration DISORDER = Duration.ofMinutes(30);

    /** 29 February returns after four years, around 1900 or 2100 after eight. */
    private static final int MAX_YEARS = 8;

    private final LineContext context;
    private @Nullable Instant last;

    SourceTime(LineContext context) {
        this.context = context;
    }

    /** Takes note of a moment that a line named without doubt. */
    Instant seen(Instant at) {
        last = at;
        return at;
    }

    /** The moment of a local time without a year; null if no year has such a day. */
    @Nullable Instant of(int month, int day, @Nullable LocalTime time, Instant receivedAt) {
        if (time == null) {
            return null;
        }
        return nearest(year -> dateOf(year, month, day), time, receivedAt);
    }

    /** The moment of a local time on a day of the year, counted from 0; null if no year has such a day. */
    @Nullable Instant ofDayOfYear(int dayOfYear, @Nullable LocalTime time, Instant receivedAt) {
        if (time == null) {
            return null;
        }
        return nearest(
                year -> dayOfYear < Year.of(year).length() ? LocalDate.ofYearDay(year, dayOfYear + 1) : null,
                time,
                receivedAt);
    }

    /** The moment of a local time, or one in UTC; null if there is no such day. */
    @Nullable Instant of(int year, int month, int day, @Nullable LocalTime time, boolean utc) {
        LocalDate date = dateOf(year, month, day);
        if (time == null || date == null) {
            return null;
        }
        return utc ? seen(date.atTime(time).toInstant(ZoneOffset.UTC)) : settle(date.atTime(time));
    }

    private @Nullable Instant nearest(DayOfYear day, LocalTime time, Instant receivedAt) {
        Integer fixed = context.defaults().year();
        LocalDate fixedDay = fixed == null ? null : day.in(fixed);
        if (fixedDay != null) {
            return settle(fixedDay.atTime(time));
        }
        LocalDateTime reference = LocalDateTime.ofInstant(
                reference(receivedAt), context.defaults().zone());
        LocalDateTime best = null;
        Duration bestDistance = Duration.ZERO;
        for (int years = 0; years <= MAX_YEARS && (best == null || years <= 1); years++) {
            for (int year : new int[] {reference.getYear() - years, reference.getYear() + years}) {
                LocalDate candidate = day.in(year);
                Duration distance = candidate == null
                        ? Duration.ZERO
                        : Duration.between(reference, candidate.atTime(time)).abs();
                if (candidate != null && (best == null || distance.compareTo(bestDistance) < 0)) {
                    best = candidate.atTime(time);
                    bestDistance = distance;
                }
            }
        }
        return best == null ? null : settle(best);
    }

    /** A source that is followed for months leaves {@link LineContext#yearNear} behind, but never its receipt. */
    private Instant reference(Instant receivedAt) {
        Instant near = context.yearNear();
        Instant reached = last != null && last.isAfter(near) ? last : near;
        return reached.isAfter(receivedAt) ? receivedAt : reached;
    }

    /** In a gap the time is moved on by the gap's length, as {@code java.time} does it. */
    private Instant settle(LocalDateTime local) {
        List<ZoneOffset> offsets = context.defaults().zone().getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            ZoneOffsetTransition gap = context.defaults().zone().getRules().getTransition(local);
            return seen(local.toInstant(gap.getOffsetBefore()));
        }
        Instant earlier = local.toInstant(offsets.get(0));
        boolean behind = offsets.size() > 1 && last != null && earlier.isBefore(last.minus(DISORDER));
        return seen(behind ? local.toInstant(offsets.get(1)) : earlier);
    }

    private static @Nullable LocalDate dateOf(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    /** A day that every year has, or some years. */
    private interface DayOfYear {
        @Nullable LocalDate in(int year);
    }
}
