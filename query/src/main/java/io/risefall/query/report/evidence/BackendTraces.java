package io.risefall.query.report.evidence;

import io.risefall.query.explain.BackendExplainer;
import io.risefall.query.explain.model.Explanation;
import io.risefall.query.explain.model.Explanation.Part;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.report.model.DayBackendOutage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The lines of times in which a whole backend was down. */
record BackendTraces(TraceList traces) {
    /**
     * Adds them.
     *
     * @param withLines of how many of them the lines are read
     */
    void add(Connection views, List<DayBackendOutage> gaps, int withLines) throws SQLException {
        Map<String, Explanation> explained = new BackendExplainer(
                        views, traces.period().zone())
                .explain(gaps.stream()
                        .limit(withLines)
                        .map(DayBackendOutage::id)
                        .distinct()
                        .toList());
        for (int i = 0; i < gaps.size(); i++) {
            add(gaps.get(i), i < withLines ? explained.get(gaps.get(i).id()).parts() : List.of());
        }
    }

    private void add(DayBackendOutage gap, List<Part> parts) {
        traces.add(
                gap,
                "lines-" + gap.id(),
                "Outage " + gap.id() + " of the whole backend " + gap.proxy() + TraceList.on(gap.node()) + " = "
                        + gap.durationMs() + " ms",
                List.of(),
                parts,
                List.of(),
                ExplainTarget.command(gap.id()));
    }
}
