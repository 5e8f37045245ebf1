package io.risefall.query.page;

import io.risefall.query.report.render.TimeAxis;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/** Draws the states of a server along an axis. */
public final class Strip {
    private static final String UP = "up";
    private static final List<String> ON_TOP = List.of("up", "drain", "unknown", "maint", "some", "down");

    private final TimeAxis axis;
    private final LocalTimes times;

    public Strip(TimeAxis axis, PageRange range, ZoneId zone) {
        this.axis = axis;
        this.times = range.times(zone);
    }

    /** A stretch of one state: x and width in units, and what a pointer shows. */
    public record Mark(String state, double x, double width, String title) {}

    public Mark mark(String state, Instant from, Instant to, String cause) {
        TimeAxis.Extent extent = axis.extent(from, to, !state.equals(UP));
        String title = state + " " + times.at(from) + " to " + times.at(to) + ", "
                + Durations.text(Duration.between(from, to).toMillis()) + (cause.isEmpty() ? "" : ": " + cause);
        return new Mark(state, extent.x(), extent.width(), title);
    }

    /** Trouble is drawn last, so that a thin outage stands on top of its neighbours. */
    public static List<Mark> drawn(List<Mark> marks) {
        return marks.stream()
                .sorted(Comparator.comparingInt(mark -> ON_TOP.indexOf(mark.state())))
                .toList();
    }
}
