package io.risefall.query.report.fleet;

import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.StateSpan;
import io.risefall.query.report.model.StateDurations;
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
        for (StateSpan stretch : known) {
            if (stretch.from().isAfter(at)) {
                filled.add(new StateSpan(Health.UNKNOWN, at, stretch.from(), ""));
            }
            if (stretch.to().isAfter(at)) {
                Instant begin = stretch.from().isAfter(at) ? stretch.from() : at;
                filled.add(new StateSpan(stretch.state(), begin, stretch.to(), stretch.cause(), stretch.someOnly()));
                at = stretch.to();
            }
        }
        if (at.isBefore(period.to())) {
            filled.add(new StateSpan(Health.UNKNOWN, at, period.to(), ""));
        }
        return filled;
    }

    /** The sum of each state. */
    public static StateDurations times(Period period, List<StateSpan> stretches) {
        StateDurations times = StateDurations.NONE;
        for (StateSpan stretch : stretches) {
            long ms = period.inside(stretch.from(), stretch.to());
            times = times.plus(
                    switch (stretch.state()) {
                        case UP -> new StateDurations(ms, 0, 0, 0, 0);
                        case DOWN -> new StateDurations(0, ms, 0, 0, 0, stretch.someOnly() ? ms : 0, 0, 0);
                        case MAINT -> new StateDurations(0, 0, ms, 0, 0);
                        case DRAIN -> new StateDurations(0, 0, 0, ms, 0);
                        case UNKNOWN -> new StateDurations(0, 0, 0, 0, ms);
                    });
        }
        return times;
    }
}
