package io.risefall.query.report.period;

import io.risefall.query.report.model.DayOutage;
import java.util.Comparator;

/** How often something was down, and how long within the period. */
record Troubles(int outages, long downMs) implements Comparable<Troubles> {
    static final Troubles NONE = new Troubles(0, 0);

    private static final Comparator<Troubles> LEAST_FIRST =
            Comparator.comparing(Troubles::downMs).thenComparing(Troubles::outages);

    static Troubles of(DayOutage outage) {
        return new Troubles(1, outage.inDayMs());
    }

    Troubles plus(Troubles other) {
        return new Troubles(outages + other.outages, downMs + other.downMs);
    }

    boolean isNone() {
        return outages == 0 && downMs == 0;
    }

    @Override
    public int compareTo(Troubles other) {
        return LEAST_FIRST.compare(this, other);
    }
}
