package io.risefall.query.report.evidence;

import io.risefall.query.explain.OutageExplainer;
import io.risefall.query.explain.model.Explanation.Part;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.Period;
import io.risefall.query.time.LocalTimes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines of outages as each node saw them, and how those are one outage of the fleet. */
record OutageTraces(TraceList traces) {
    private static final int MOST_OUTAGES = 200;

    void add(Connection views, List<DayOutage> all) throws SQLException {
        List<DayOutage> outages = all.stream().limit(MOST_OUTAGES).toList();
        sightings(
                views,
                outages.stream()
                        .flatMap(row -> row.sightings().stream())
                        .limit(MOST_OUTAGES)
                        .toList());
        outages.stream().filter(outage -> !outage.byNode().isEmpty()).forEach(this::seenBySeveral);
    }

    private void sightings(Connection views, List<DayOutage> outages) throws SQLException {
        OutageExplainer explained = new OutageExplainer(views, traces.period().zone());
        Map<String, Part> parts = explained.briefs(
                explained.named(outages.stream().map(DayOutage::id).toList()));
        OutageLinks links = new OutageLinks(outages);
        for (DayOutage outage : outages) {
            Part part = parts.get(outage.id());
            if (part != null) {
                traces.add(
                        outage,
                        "lines-" + outage.id(),
                        part.title(),
                        List.of(),
                        List.of(part),
                        links.origins(outage),
                        ExplainTarget.command(outage.id()));
            }
        }
    }

    /** An outage of the fleet is made of what its nodes saw. */
    private void seenBySeveral(DayOutage outage) {
        Map<Instant, String> begins = new LinkedHashMap<>();
        outage.byNode().forEach(seen -> begins.putIfAbsent(seen.startedAt(), String.valueOf(seen.node())));
        Period period = traces.period();
        LocalTimes times = new LocalTimes(period.day(), period.zone());
        List<String> sums = new ArrayList<>();
        sums.add("from the first start " + times.at(outage.startedAt()) + " (" + begins.get(outage.startedAt())
                + ") to the last end " + times.atOrDash(outage.endedAt()) + " = " + outage.durationMs() + " ms");
        outage.byNode()
                .forEach(seen -> sums.add(seen.node() + ": " + times.at(seen.startedAt()) + " to "
                        + times.atOrDash(seen.endedAt()) + " = " + seen.durationMs() + " ms"));
        traces.add(
                outage,
                "lines-fleet-" + outage.id(),
                "Outage of " + outage.name() + ", seen by " + outage.seenBy().words(),
                sums,
                OutageLinks.all(outage.byNode()),
                ExplainTarget.command(outage.id()));
    }
}
