package io.risefall.query.report.section;

import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.Incident;
import io.risefall.query.report.model.SectionKey;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.time.Durations;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Outages that belong together. */
final class IncidentSection implements Section<Incident>, SectionTable {
    private static final SqlQuery INCIDENTS = new SqlQuery("report/incidents.sql");

    @Override
    public SectionKey<Incident> key() {
        return Incident.SECTION;
    }

    /**
     * Those that touch the period, in order of time. What is one outage of the fleet stands alone, however many nodes saw it.
     */
    @Override
    public List<Incident> read(FleetOfDay day) throws SQLException {
        Map<String, String> fleetIds = new HashMap<>();
        Set<String> ofNode = new HashSet<>();
        for (DayOutage outage : day.outages()) {
            outage.sightings().forEach(seen -> {
                fleetIds.put(seen.id(), outage.id());
                ofNode.add(seen.id());
            });
        }
        return INCIDENTS
                .query(
                        day.views(),
                        row -> incident(row, fleetIds),
                        day.period().from(),
                        day.period().to(),
                        day.roles().stored(RoleReader.Backend::node),
                        day.roles().stored(RoleReader.Backend::proxy))
                .stream()
                .filter(incident -> incident.outages() > 1)
                .filter(incident -> day.request().node() == null
                        || incident.outageIds().stream()
                                        .filter(ofNode::contains)
                                        .count()
                                > 1)
                .toList();
    }

    private static Incident incident(SqlQuery.Row row, Map<String, String> fleetIds) throws SQLException {
        List<String> ids = row.texts("outage_ids");
        return new Incident(
                row.text("incident_id"),
                row.text("kind"),
                row.text("label"),
                row.at("started_us"),
                row.atOrNull("ended_us"),
                row.number("duration_ms"),
                // What lies outside of the day is not put together here, and counts as the view has it.
                (int) ids.stream()
                        .map(id -> fleetIds.getOrDefault(id, id))
                        .distinct()
                        .count(),
                row.count("outages"),
                row.count("servers"),
                row.count("backends"),
                row.count("nodes"),
                row.textOrNull("reason"),
                row.count("emptied"),
                row.textOrNull("worst_node"),
                row.textOrNull("worst_backend"),
                row.intOrNull("active_before"),
                row.intOrNull("active_left"),
                row.intOrNull("backup_left"),
                row.numberOrNull("sessions_active"),
                row.numberOrNull("requeued"),
                ids);
    }

    @Override
    public ReportTable table(DayReport report, DayText text) {
        return new ReportTable(
                "Incidents: outages that belong together",
                List.of(
                        new ReportTable.Column("began, id", false, 12),
                        new ReportTable.Column("in common (an interpretation, not proof)", false, 36),
                        new ReportTable.Column("outages", true, 7),
                        new ReportTable.Column("lasted", true, 11),
                        new ReportTable.Column("active servers left", false, 20)),
                report.rows(Incident.SECTION).stream()
                        .map(incident -> List.of(
                                text.times().at(incident.startedAt()) + " " + incident.incidentId(),
                                incident.label(),
                                String.valueOf(incident.outages()),
                                Durations.text(incident.durationMs()) + (incident.endedAt() == null ? " so far" : ""),
                                incident.leftText()))
                        .toList(),
                "risefall explain ID shows the lines behind an incident.");
    }
}
