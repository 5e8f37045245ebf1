package io.risefall.query.report.evidence;

import io.risefall.query.explain.line.TransitionEvidence;
import io.risefall.query.explain.line.TransitionEvidence.Entry;
import io.risefall.query.explain.line.TransitionEvidence.Turns;
import io.risefall.query.explain.model.Explanation.Part;
import io.risefall.query.report.model.MaintenanceWindow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The lines by which maintenance and drains began and ended. */
record MaintenanceTraces(TraceList traces) {
    /**
     * Adds them.
     *
     * @param withLines of how many of them the lines are read
     */
    void add(Connection views, List<MaintenanceWindow> planned, int withLines) throws SQLException {
        Map<MaintenanceWindow, Turns> wanted = new HashMap<>();
        for (MaintenanceWindow window : planned.stream().limit(withLines).toList()) {
            if (window.node() != null) {
                wanted.put(window, turnsOf(window, window.node()));
            }
        }
        Map<Turns, TransitionEvidence> found = TransitionEvidence.of(views, wanted.values());
        for (int i = 0; i < planned.size(); i++) {
            Turns turns = i < withLines ? wanted.get(planned.get(i)) : null;
            add(planned.get(i), turns == null ? List.of() : parts(planned.get(i), found.get(turns)));
        }
    }

    private void add(MaintenanceWindow planned, List<Part> parts) {
        traces.add(
                planned,
                "lines-planned-" + traces.next(),
                planned.name() + TraceList.on(planned.node()) + ", "
                        + planned.state().word() + " of " + planned.inDayMs() + " ms on this day",
                List.of(),
                parts,
                List.of(),
                traces.command(
                        planned.explain() == null
                                ? traces.period().day() + " "
                                        + planned.seenBy().nodes().get(0) + " " + planned.name() + " "
                                        + planned.state().word() + "_ms"
                                : planned.explain()));
    }

    private static Turns turnsOf(MaintenanceWindow planned, String node) {
        TreeSet<Instant> moments = new TreeSet<>(List.of(planned.from()));
        if (planned.to() != null) {
            moments.add(planned.to());
        }
        return new Turns(node, planned.proxy(), planned.server(), moments);
    }

    private static List<Part> parts(MaintenanceWindow planned, TransitionEvidence turns) {
        Entry begin = turns.at(planned.from(), planned.state().word(), planned.cause(), null);
        List<Part> parts = new ArrayList<>(List.of(new Part("", begin.words(), begin.lines(), 0)));
        if (planned.to() == null) {
            parts.add(new Part("", List.of("no line shows its end"), List.of(), 0));
        } else {
            Entry end = turns.at(planned.to(), "", "", planned.cause());
            parts.add(new Part("", end.words(), end.lines(), 0));
        }
        return parts;
    }
}
