package io.risefall.ingest.line.time;

import io.risefall.ingest.line.context.LineContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/** Gives timestamps the year and the zone that they lack, and says which of two moments they mean. */
final class SourceTime {
    /**
     * Lines of one node can be a little out of order, by its threads and by the network; further back than this is the
     * doubled hour's second pass. Much more would take the first line after a silence in the second pass for a late one
     * of the first.
     */
    private static final Duration DISORDER = Duration.ofMinutes(5);

    /** No line comes before it was written, but for what a clock is ahead. */
    private static final Duration AHEAD_AT_MOST = Duration.ofDays(31);

    /** 29 February returns after four years, around 1900 or 2100 after eight. */
    private static final int MAX_YEARS = 8;

    private final LineContext context;
    private final NodeTimes nodes;

    SourceTime(LineContext context, NodeTimes nodes) {
        this.context = context;
        this.nodes = nodes;
    }

    ZoneId zoneOf(NodeTimes.Node node) {
        return node.zone(context.defaults());
    }

    /** Whether somebody said the zone of timestamps that have none. */
    boolean zoneSaid() {
        return !context.defaults().zoneAssumed();
    }

    /** The moment of a time in {@code zone} without a year; null if no year has such a day. */
    @Nullable Instant of(NodeTimes.Node node, ZoneId zone, int month, int day, @Nullable LocalTime time, Instant receivedAt) {
        if (time == null) {
            return null;
        }
        return nearest(node, zone, year -> dateOf(year, month, day), time, receivedAt);
    }

    /** The moment of a local time on a day of the year, counted from 0; null if no year has such a day. */
    @Nullable Instant ofDayOfYear(NodeTimes.Node node, int dayOfYear, @Nullable LocalTime time, Instant receivedAt) {
        if (time == null) {
            return null;
        }
        return nearest(
                node,
                zoneOf(node),
                year -> dayOfYear < Year.of(year).length() ? LocalDate.ofYearDay(year, dayOfYear + 1) : null,
                time,
                receivedAt);
    }

    /** The moment of a time in {@code zone}; null if there is no such day. */
    @Nullable Instant of(
            NodeTimes.Node node,
            ZoneId zone,
            int year,
            int month,
            int day,
            @Nullable LocalTime time,
            Instant receivedAt) {
        LocalDate date = dateOf(year, month, day);
        return time == null || date == null ? null : settle(node, zone, date.atTime(time), receivedAt);
    }

    private @Nullable Instant nearest(
            NodeTimes.Node node, ZoneId zone, DayOfYear day, LocalTime time, Instant receivedAt) {
        Integer fixed = context.defaults().year();
        LocalDate fixedDay = fixed == null ? null : day.in(fixed);
        if (fixedDay != null) {
            return settle(node, zone, fixedDay.atTime(time), receivedAt);
        }
        LocalDateTime reference = LocalDateTime.ofInstant(reference(node, receivedAt), zone);
        LocalDateTime atMost = LocalDateTime.ofInstant(receivedAt.plus(AHEAD_AT_MOST), zone);
        LocalDateTime best = null;
        Duration bestDistance = Duration.ZERO;
        for (int years = 0; years <= MAX_YEARS && (best == null || years <= 1); years++) {
            for (int year : new int[] {reference.getYear() - years, reference.getYear() + years}) {
                LocalDate there = day.in(year);
                LocalDateTime candidate = there == null ? null : there.atTime(time);
                if (candidate == null || candidate.isAfter(atMost)) {
                    continue;
                }
                Duration distance = Duration.between(reference, candidate).abs();
                if (best == null || distance.compareTo(bestDistance) < 0) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return best == null ? null : settle(node, zone, best, receivedAt);
    }

    /** A source that is followed for months leaves {@link LineContext#yearNear} behind, but never its receipt. */
    private Instant reference(NodeTimes.Node node, Instant receivedAt) {
        Instant near = context.yearNear();
        if (near == null) {
            return receivedAt;
        }
        Instant latest = node.latest();
        Instant reached = latest != null && latest.isAfter(near) ? latest : near;
        return reached.isAfter(receivedAt) ? receivedAt : reached;
    }

    /**
     * In a gap the time is moved on by the gap's length, as {@code java.time} does it. Of the two moments of a doubled one
     * it is the first, until that is behind what was said before; but none that is still to come.
     */
    private Instant settle(NodeTimes.Node node, ZoneId zone, LocalDateTime local, Instant receivedAt) {
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition change = rules.getTransition(local);
        if (change == null) {
            return local.toInstant(rules.getOffset(local));
        }
        Instant first = local.toInstant(change.getOffsetBefore());
        Instant before = change.isGap() ? null : saidBefore(node, change);
        if (before == null || !first.isBefore(before.minus(DISORDER))) {
            return first;
        }
        Instant second = local.toInstant(change.getOffsetAfter());
        Duration half = change.getDuration().abs().dividedBy(2);
        return second.isAfter(receivedAt.plus(half)) ? first : second;
    }

    /**
     * What a node has said last since the doubled hour began: relays are not equally fast. Where it has said nothing, the
     * others tell how late it is.
     */
    private @Nullable Instant saidBefore(NodeTimes.Node node, ZoneOffsetTransition change) {
        Duration length = change.getDuration().abs();
        Instant begin = change.getInstant().minus(length);
        Instant own = node.latest();
        return own != null && !own.isBefore(begin)
                ? own
                : nodes.latestWithin(begin, change.getInstant().plus(length.multipliedBy(2)));
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
