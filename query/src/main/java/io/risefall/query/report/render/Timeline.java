package io.risefall.query.report.render;

import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.StateDurations;
import io.risefall.query.report.model.StateSpan;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import io.risefall.schemas.message.Health;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The geometry of the servers' timelines: one row per server, x from 0 to {@link #WIDTH}. It shows the whole day, or the
 * covered stretch alone where that is so short that a day's axis would hide it.
 */
public final class Timeline {
    /** Units across; the page stretches them to its width. */
    public static final int WIDTH = TimeAxis.WIDTH;

    /** A fleet up to this size is shown whole; of a larger one only servers with trouble. */
    private static final int SHOWN_WHOLE = 40;

    private static final int MOST_ROWS = 60;

    /** Below this share of the day the axis zooms in on what is covered. */
    private static final double ZOOM_BELOW = 0.1;

    private final DayReport report;
    private final LocalTimes times;
    private final Instant from;
    private final Instant to;
    private final TimeAxis axis;

    public Timeline(DayReport report) {
        this.report = report;
        this.times = new LocalTimes(report.day(), report.zone());
        Instant first = report.coveredFrom();
        Instant last = report.coveredTo();
        long day = report.dayEnd().toEpochMilli() - report.from().toEpochMilli();
        boolean zoom = first != null && last != null && report.coveredMs() > 0 && report.coveredMs() < day * ZOOM_BELOW;
        this.from = zoom && first != null ? first : report.from();
        this.to = zoom && last != null ? last : report.dayEnd();
        this.axis = new TimeAxis(from, to, report.zone());
    }

    /** A stretch of one state: x and width in units, and what a pointer shows. */
    public record Mark(String state, double x, double width, String title) {}

    /**
     * One server's row.
     *
     * @param byNode the rows of its nodes, where they do not all tell the same
     */
    public record Row(ServerDay server, String summary, List<Mark> marks, List<Row> byNode) {}

    /** Whether only the covered stretch is shown. */
    public boolean isZoomed() {
        return !from.equals(report.from()) || !to.equals(report.dayEnd());
    }

    public Instant from() {
        return from;
    }

    public Instant to() {
        return to;
    }

    /** How many servers have no row: nothing happened to them. */
    public int hidden() {
        return report.services().size() - shown().size();
    }

    /** Whether the servers without a row include some with trouble. */
    public boolean hidesTrouble() {
        return hidden() > 0
                && report.services().stream().filter(s -> !s.isQuiet()).count() > shown().size();
    }

    public List<Row> rows() {
        return shown().stream().map(this::row).toList();
    }

    /** Full hours of the zone, or finer where zoomed. */
    public List<TimeAxis.Tick> ticks() {
        return axis.ticks(at -> at.equals(report.dayEnd()) ? Optional.of("24:00") : Optional.empty());
    }

    private List<ServerDay> shown() {
        boolean whole = report.services().size() <= SHOWN_WHOLE;
        return report.services().stream()
                .filter(server -> whole || !server.isQuiet())
                .limit(MOST_ROWS)
                .sorted(Comparator.comparing(ServerDay::proxy).thenComparing(ServerDay::server, Timeline::naturally))
                .toList();
    }

    /** {@code web2} before {@code web10}. */
    static int naturally(String a, String b) {
        String digits = "(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)";
        String[] left = a.split(digits);
        String[] right = b.split(digits);
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            boolean numbers = left[i].matches("\\d{1,18}") && right[i].matches("\\d{1,18}");
            int order = numbers
                    ? Long.compare(Long.parseLong(left[i]), Long.parseLong(right[i]))
                    : left[i].compareTo(right[i]);
            if (order != 0) {
                return order;
            }
        }
        return a.compareTo(b);
    }

    private Row row(ServerDay server) {
        List<Mark> marks = new ArrayList<>();
        for (StateSpan span : server.states()) {
            if (span.to().isAfter(from) && span.from().isBefore(to)) {
                marks.add(mark(span));
            }
        }
        // Trouble is drawn last, so that a thin outage stands on top of its neighbours.
        marks.sort(Comparator.comparing(mark ->
                mark.state().equals(Health.DOWN.word()) ? 2 : mark.state().equals("some") ? 1 : 0));
        boolean alike = server.time().downForSomeMs() == 0 && server.time().downMs() == 0;
        List<Row> byNode =
                alike ? List.of() : server.byNode().stream().map(this::row).toList();
        return new Row(server, summary(server), marks, byNode);
    }

    private Mark mark(StateSpan span) {
        TimeAxis.Extent extent = axis.extent(span.from(), span.to(), span.state() != Health.UP);
        long ms = span.to().toEpochMilli() - span.from().toEpochMilli();
        String title = span.state().word() + " " + times.at(span.from()) + " to "
                + (span.to().equals(report.dayEnd()) ? "24:00" : times.at(span.to())) + ", " + Durations.text(ms)
                + (span.state() == Health.DOWN && !span.cause().isEmpty() ? ": " + span.cause() : "");
        return new Mark(
                span.someOnly() ? "some" : span.state().word(),
                extent.x(),
                extent.width(),
                title + (span.someOnly() ? " (for only some load balancers)" : ""));
    }

    /** Whether any server is down for some of its nodes only, so that the legend says what that looks like. */
    public boolean hasSomeOnly() {
        return shown().stream().anyMatch(server -> server.time().downForSomeMs() > 0);
    }

    private static String summary(ServerDay server) {
        StateDurations time = server.time();
        return server.name() + ": up " + Durations.text(time.upMs()) + ", down " + Durations.text(time.downMs())
                + ", maintenance " + Durations.text(time.maintMs()) + ", drain " + Durations.text(time.drainMs())
                + ", unknown " + Durations.text(time.unknownMs());
    }
}
