package io.risefall.query.report.evidence;

import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.report.model.Incident;
import java.util.ArrayList;
import java.util.List;

/** How the numbers of incidents come about. */
record IncidentTraces(TraceList traces, OutageLinks outages) {
    void add(Incident incident) {
        List<String> sums = new ArrayList<>();
        sums.add("outages = " + incident.outages()
                + (incident.nodeOutages() == incident.outages()
                        ? ""
                        : " (" + incident.nodeOutages() + " as each node saw them)")
                + ", of " + incident.servers() + " servers of " + incident.backends()
                + " backends, seen by " + incident.nodes() + " nodes");
        sums.add("lasted = from the first start to the last end = " + incident.durationMs() + " ms");
        if (incident.worstNode() != null) {
            sums.add("active servers left = the lowest count in a DOWN line of " + incident.worstBackend() + " on "
                    + incident.worstNode() + " = " + incident.activeLeft()
                    + "; before = the highest count, plus the server that went down = " + incident.activeBefore());
        }
        traces.add(
                incident,
                "lines-incident-" + incident.incidentId(),
                "Incident " + incident.incidentId() + ": " + incident.label(),
                sums,
                outages.those(outage -> outage.sightings().stream()
                        .anyMatch(seen -> incident.outageIds().contains(seen.id()))),
                ExplainTarget.command(incident.incidentId()));
    }
}
