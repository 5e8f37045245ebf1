package io.risefall.query.page.timeline;

import io.risefall.query.page.PageRange;
import io.risefall.query.report.render.TimeAxis;
import io.risefall.query.report.render.TimeAxis.Tick;
import io.risefall.query.time.LocalTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is between two marks of the axis, and leads to a timeline of its own.
 *
 * @param x where it begins, in percent
 * @param width in percent
 * @param address of that timeline
 * @param label what a pointer shows
 */
public record AxisPiece(double x, double width, String address, String label) {
    private static final double ALL = 100;
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    static List<AxisPiece> of(TimelineQuestion asked, List<Tick> ticks, ZoneId zone) {
        PageRange range = asked.range();
        LocalTimes times = range.times(zone);
        List<Tick> edges = Stream.of(
                        Stream.of(new Tick(range.from(), 0, "")),
                        ticks.stream(),
                        Stream.of(new Tick(range.to(), ALL, "")))
                .flatMap(edge -> edge)
                .toList();
        List<AxisPiece> pieces = new ArrayList<>();
        for (int i = 1; i < edges.size(); i++) {
            Instant from = edges.get(i - 1).at();
            Instant to = edges.get(i).at();
            double x = edges.get(i - 1).percent();
            if (Duration.between(from, to).compareTo(SHORTEST) >= 0) {
                pieces.add(new AxisPiece(
                        x, edges.get(i).percent() - x, asked.at(from, to), times.at(from) + " to " + times.at(to)));
            }
        }
        return pieces;
    }

    /** The axis of a range. */
    static List<Tick> ticks(PageRange range, ZoneId zone) {
        return new TimeAxis(range.from(), range.to(), zone).ticks(at -> Optional.empty());
    }
}
