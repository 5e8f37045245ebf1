package io.risefall.query.report.evidence;

import io.risefall.query.report.model.FleetDay;
import io.risefall.query.report.model.StateDurations;
import io.risefall.query.time.Durations;
import java.util.List;

/** How the numbers of the whole fleet come about. */
record FleetTrace(TraceList traces) {
    void add(FleetDay fleet) {
        StateDurations time = fleet.time();
        long served = time.upMs() + time.drainMs();
        List<String> sums = List.of(
                "of all servers together, each once: up " + time.upMs() + " ms + down " + time.downMs()
                        + " ms + maintenance " + time.maintMs() + " ms + drain " + time.drainMs() + " ms + unknown "
                        + time.unknownMs() + " ms = " + time.periodMs() + " ms",
                "availability = (up + drain) / (up + drain + down) = " + served + " / " + (served + time.downMs())
                        + " = " + time.availabilityText(),
                "coverage = (all - unknown) / all = " + (time.periodMs() - time.unknownMs()) + " / " + time.periodMs()
                        + " = " + time.coverageText(),
                "outages = rows of the table of outages = " + fleet.outages(),
                "longest = the longest whole outage = " + Durations.textOrDash(fleet.longestMs())
                        + "; within the day = " + Durations.textOrDash(fleet.longestInDayMs()),
                "recoveries = outages that ended with UP on the day = " + fleet.recoveries(),
                "time to repair = mean length of these whole outages = " + Durations.textOrDash(fleet.mttrMs()));
        traces.add(fleet, "lines-fleet", "The whole fleet", sums, List.of(), "");
    }
}
