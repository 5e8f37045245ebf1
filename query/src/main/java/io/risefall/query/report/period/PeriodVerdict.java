package io.risefall.query.report.period;

import io.risefall.query.report.model.FleetDay;
import io.risefall.query.report.model.Level;
import io.risefall.query.report.model.Period;
import io.risefall.query.text.Counts;
import io.risefall.query.text.NameList;
import io.risefall.query.time.Durations;
import java.util.List;

/**
 * The period for someone with ten seconds.
 *
 * @param level how bad
 * @param sentence what happened
 */
record PeriodVerdict(Level level, String sentence) {
    /** Below this share of known time, no outage seen is no good news. */
    private static final double MOSTLY_COVERED = 0.5;

    /** So many names are in the sentence. */
    private static final int NAMED = 3;

    static PeriodVerdict of(PeriodRequest request, PeriodFigures figures) {
        Period period = figures.period();
        FleetDay fleet = figures.fleet();
        String during = request.period().during() + (period.isRunning() ? " so far" : "");
        if (period.isFuture()) {
            return new PeriodVerdict(Level.UNKNOWN, "This day has not begun yet.");
        }
        if (figures.servers().isEmpty()) {
            return new PeriodVerdict(Level.UNKNOWN, "The log says nothing " + about(request) + during + ".");
        }
        if (!fleet.time().isKnown()) {
            return new PeriodVerdict(
                    Level.UNKNOWN, "Nothing is known about " + Counts.servers(fleet.servers()) + " " + during + ".");
        }
        List<String> empty = figures.backends().stream()
                .filter(backend -> backend.withoutServerMs() > 0)
                .map(backend -> backend.proxy() + " for " + Durations.text(backend.withoutServerMs()))
                .toList();
        if (figures.counted().isEmpty() && fleet.time().downMs() == 0 && empty.isEmpty()) {
            Double coverage = fleet.time().coverage();
            return new PeriodVerdict(
                    coverage != null && coverage >= MOSTLY_COVERED ? Level.OK : Level.UNKNOWN,
                    "Nothing was down " + during + ": " + Counts.servers(fleet.servers()) + ", "
                            + fleet.time().coverageText() + " of the time is known.");
        }
        String outages = Counts.plural(fleet.outages(), "outage") + " on " + Counts.grouped(fleet.outageServers())
                + " of " + Counts.servers(fleet.servers()) + " " + during + ", "
                + Durations.text(fleet.time().downMs()) + " down in all.";
        String without = empty.isEmpty() ? "" : " Without any server: " + NameList.some(empty, NAMED) + ".";
        return new PeriodVerdict(
                fleet.atEnd().down() > 0 ? Level.DOWN : Level.TROUBLE, outages + without + down(period, fleet));
    }

    private static String about(PeriodRequest request) {
        return request.proxy() == null ? "" : "about " + request.proxy() + " ";
    }

    private static String down(Period period, FleetDay fleet) {
        int down = fleet.atEnd().down();
        if (down == 0) {
            return "";
        }
        String verb = period.isPresent() ? (down == 1 ? " is" : " are") : (down == 1 ? " was" : " were");
        return " " + Counts.servers(down) + verb + " down " + period.whenEnd() + ".";
    }
}
