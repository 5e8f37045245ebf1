package io.risefall.query.report.render;

import io.risefall.query.time.LocalTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Where moments of a stretch of time, from a part of a second to years, stand on a line from 0 to {@link #WIDTH}. Immutable. */
public final class TimeAxis {
    /** Units across; the page stretches them to its width. */
    public static final int WIDTH = 1000;

    /** The thinnest mark that is still seen: a two-second outage in a day is 0.02 units. */
    private static final double THINNEST = 2;

    private static final int MOST_TICKS = 12;
    /** Labels with seconds are wider. */
    private static final int MOST_TICKS_WITH_SECONDS = 7;

    private static final Duration DAY = Duration.ofDays(1);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    private static final Duration[] STEPS = {
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(30),
        Duration.ofHours(1),
        Duration.ofHours(2),
        Duration.ofHours(3),
        DAY,
        Duration.ofDays(2),
        Duration.ofDays(7),
        Duration.ofDays(14),
        Duration.ofDays(31),
        Duration.ofDays(92),
        Duration.ofDays(366)
    };

    private final Instant from;
    private final Instant to;
    private final ZoneId zone;

    public TimeAxis(Instant from, Instant to, ZoneId zone) {
        this.from = from;
        this.to = to;
        this.zone = zone;
    }

    /** A mark of the axis: its moment, and its place in percent of the width. */
    public record Tick(Instant at, double percent, String label) {
        /** Where the label would leave a narrow screen: {@code first}, {@code last}, or nothing. */
        public String edge() {
            return percent < 4 ? "first" : percent > 96 ? "last" : "";
        }
    }

    /** Where a stretch is drawn, in units. */
    public record Extent(double x, double width) {}

    /** Full steps of the zone's clock; {@code named} has names for moments that are not called by the clock. */
    public List<Tick> ticks(Function<Instant, Optional<String>> named) {
        List<Tick> ticks = new ArrayList<>();
        Duration step = step();
        for (ZonedDateTime at = firstTick(step); !at.toInstant().isAfter(to); at = next(at, step)) {
            Instant moment = at.toInstant();
            ticks.add(new Tick(
                    moment, x(moment) * 100 / WIDTH, named.apply(moment).orElseGet(() -> label(moment, step))));
        }
        return ticks;
    }

    private String label(Instant at, Duration step) {
        if (step.compareTo(DAY) >= 0) {
            return DATE.format(at.atZone(zone));
        }
        LocalTimes times = new LocalTimes(from.atZone(zone).toLocalDate(), zone);
        return step.compareTo(Duration.ofMinutes(1)) < 0 ? times.at(at) : times.minute(at);
    }

    private Duration step() {
        Duration whole = Duration.between(from, to);
        for (Duration step : STEPS) {
            int most = step.toMinutes() < 1 ? MOST_TICKS_WITH_SECONDS : MOST_TICKS;
            if (whole.dividedBy(step) <= most) {
                return step;
            }
        }
        return STEPS[STEPS.length - 1];
    }

    private ZonedDateTime firstTick(Duration step) {
        ZonedDateTime begin = from.atZone(zone).truncatedTo(ChronoUnit.DAYS);
        if (step.compareTo(DAY) >= 0) {
            return begin.toInstant().isBefore(from) ? begin.plusDays(1) : begin;
        }
        long since = Duration.between(begin.toInstant(), from).toMillis();
        long steps = (since + step.toMillis() - 1) / step.toMillis();
        return begin.plus(step.multipliedBy(steps));
    }

    /** A day of the calendar may have 23 hours. */
    private static ZonedDateTime next(ZonedDateTime at, Duration step) {
        return step.compareTo(DAY) >= 0 ? at.plusDays(step.toDays()) : at.plus(step);
    }

    /** @param seen whether it is drawn so wide that it is seen, however short it is */
    public Extent extent(Instant begin, Instant end, boolean seen) {
        double left = Math.max(0, x(begin));
        double right = Math.min(WIDTH, x(end));
        double width = seen && right - left < THINNEST ? THINNEST : right - left;
        return new Extent(round(Math.min(left, WIDTH - width)), round(width));
    }

    private double x(Instant at) {
        double whole = ChronoUnit.MICROS.between(from, to);
        return whole <= 0 ? 0 : ChronoUnit.MICROS.between(from, at) / whole * WIDTH;
    }

    private static double round(double units) {
        return Math.round(units * 100) / 100.0;
    }
}
