package io.risefall.query.report.fleet;

import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.StateDurations;
import io.risefall.query.report.model.StateSpan;
import io.risefall.schemas.message.Health;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One server's states over the period, without overlap and without hole: what no row covers is unknown. */
public final class StateTimeline {
    private StateTimeline() {}

    /** Fills the period; {@code known} is ordered by time and cut to the period. */
    public static List<StateSpan> fill(Period period, List<StateSpan> known) {
        List<StateSpan> filled = new ArrayList<>();
        Instant at = period.from();
        for (StateSpan span : known) {
            if (span.from().isAfter(at)) {
                filled.add(new StateSpan(Health.UNKNOWN, at, span.from(), ""));
            }
            if (span.to().isAfter(at)) {
                Instant begin = span.from().isAfter(at) ? span.from() : at;
                filled.add(new StateSpan(span.state(), begin, span.to(), span.cause(), span.someOnly()));
                at = span.to();
            }
        }
        if (at.isBefore(period.to())) {
            filled.add(new StateSpan(Health.UNKNOWN, at, period.to(), ""));
        }
        return filled;
    }

    /** The sum of each state. */
    public static StateDurations durations(Period period, List<StateSpan> spans) {
        StateDurations times = StateDurations.NONE;
        for (StateSpan span : spans) {
            long ms = period.inside(span.from(), span.to());
            times = times.plus(
                    switch (span.state()) {
                        case UP -> new StateDurations(ms, 0, 0, 0, 0);
                        case DOWN -> new StateDurations(0, ms, 0, 0, 0, span.someOnly() ? ms : 0, 0, 0);
                        case MAINT -> new StateDurations(0, 0, ms, 0, 0);
                        case DRAIN -> new StateDurations(0, 0, 0, ms, 0);
                        case UNKNOWN -> new StateDurations(0, 0, 0, 0, ms);
                    });
        }
        return times;
    }
}
