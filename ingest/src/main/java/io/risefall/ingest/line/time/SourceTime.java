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

/** Adds the year and the zone that a timestamp lacks, and decides between two possible instants. */
final class SourceTime {
    /**
     * Lines of one node can be a little out of order, because of its threads and the network; anything further back is
     * the second pass of the doubled hour. A much larger limit would take the first line after a silence in the second
     * pass for a late one of the first.
     */
    private static final Duration DISORDER = Duration.ofMinutes(5);

    /** A line is not received before it was written, unless a clock is ahead. */
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

    /** Whether the zone of timestamps without one is configured. */
    boolean isZoneConfigured() {
        return !context.defaults().zoneAssumed();
    }

    /** The instant of a time in {@code zone} without a year; null if no year has such a day. */
    @Nullable Instant of(NodeTimes.Node node, ZoneId zone, int month, int day, @Nullable LocalTime time, Instant receivedAt) {
        if (time == null) {
            return null;
        }
        return nearest(node, zone, year -> dateOf(year, month, day), time, receivedAt);
    }

    /** The instant of a local time on a day of the year, counted from 0; null if no year has such a day. */
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

    /** The instant of a time in {@code zone}; null if there is no such day. */
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

    /** In a source followed for months, lines get later than {@link LineContext#yearNear}, but never than their receive time. */
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
     * A time in a gap is moved forward by the length of the gap, as {@code java.time} does. Of the two instants of a
     * doubled hour it is the first, unless that is behind earlier lines; but never one in the future.
     */
    private Instant settle(NodeTimes.Node node, ZoneId zone, LocalDateTime local, Instant receivedAt) {
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition change = rules.getTransition(local);
        if (change == null) {
            return local.toInstant(rules.getOffset(local));
        }
        Instant first = local.toInstant(change.getOffsetBefore());
        Instant before = change.isGap() ? null : lastTimeBefore(node, change);
        if (before == null || !first.isBefore(before.minus(DISORDER))) {
            return first;
        }
        Instant second = local.toInstant(change.getOffsetAfter());
        Duration half = change.getDuration().abs().dividedBy(2);
        return second.isAfter(receivedAt.plus(half)) ? first : second;
    }

    /**
     * The last time of the node since the doubled hour began, because relays are not equally fast. If the node has
     * logged nothing, the last time of the other nodes.
     */
    private @Nullable Instant lastTimeBefore(NodeTimes.Node node, ZoneOffsetTransition change) {
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

    /** A day that exists in every year or in some years. */
    private interface DayOfYear {
        @Nullable LocalDate in(int year);
    }
}
