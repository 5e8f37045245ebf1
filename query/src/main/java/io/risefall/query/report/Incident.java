package io.risefall.query.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.report.DayReport.OutageOfDay;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Outages that touch the day and belong together; a row of the view {@code incidents}, whose words these are.
 *
 * @param incidentId names it
 * @param kind what is constant in it, in one word
 * @param label the same in a sentence
 * @param startedAt when its first outage began
 * @param endedAt when its last one ended; null while one lasts
 * @param durationMs how long all of it lasted, so far
 * @param outages how many outages of the fleet; at least two
 * @param nodeOutages how many that makes as each node saw them, which the view counts
 * @param servers servers that went down, each once in the fleet
 * @param backends backends they are of, each once in the fleet
 * @param nodes nodes that saw it
 * @param reason HAProxy's short code; null where they differ or no line says
 * @param emptied backends, per node, that had no server left
 * @param worstNode node of the backend that had the least left; null where no line counts, and so are the next four
 * @param worstBackend that backend
 * @param activeBefore active servers that it had before
 * @param activeLeft active servers that it had left
 * @param backupLeft backup servers that it had left
 * @param sessionsActive sessions on the servers when they went; null where no line counts
 * @param requeued sessions that waited for them and were moved to others; null where no line counts
 * @param outageIds the outages of nodes in the order in which they began
 */
@JsonPropertyOrder({"incident_id", "kind", "label"})
public record Incident(
        String incidentId,
        String kind,
        String label,
        Instant startedAt,
        @Nullable Instant endedAt,
        long durationMs,
        int outages,
        int nodeOutages,
        int servers,
        int backends,
        int nodes,
        @Nullable String reason,
        int emptied,
        @Nullable String worstNode,
        @Nullable String worstBackend,
        @Nullable Integer activeBefore,
        @Nullable Integer activeLeft,
        @Nullable Integer backupLeft,
        @Nullable Long sessionsActive,
        @Nullable Long requeued,
        List<String> outageIds) {
    private static final Question INCIDENTS = new Question("incidents.sql");

    public Incident {
        outageIds = List.copyOf(outageIds);
    }

    /**
     * Those that touch the period, in order of time. What is one outage of the fleet stands alone, however many nodes saw it.
     *
     * @param ofDay the outages of the period
     */
    static List<Incident> read(Connection views, Period period, List<OutageOfDay> ofDay, DayWish wish)
            throws SQLException {
        Map<String, String> fleetIds = new HashMap<>();
        Set<String> ofNode = new HashSet<>();
        for (OutageOfDay outage : ofDay) {
            outage.sightings().forEach(seen -> {
                fleetIds.put(seen.id(), outage.id());
                ofNode.add(seen.id());
            });
        }
        return INCIDENTS.ask(views, row -> incident(row, fleetIds), period.from(), period.to()).stream()
                .filter(incident -> incident.outages > 1)
                .filter(incident -> wish.node() == null
                        || incident.outageIds.stream().filter(ofNode::contains).count() > 1)
                .toList();
    }

    private static Incident incident(Question.Row row, Map<String, String> fleetIds) throws SQLException {
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

    /** What was left of the backend that was hit the most, by HAProxy's own counts. */
    public String leftWords() {
        if (worstBackend == null) {
            return "not said";
        }
        return worstBackend + ": " + activeLeft + " of " + activeBefore
                + (backupLeft == null || backupLeft == 0 ? "" : " and " + backupLeft + " backup");
    }

    /** As a table of words, for text and Markdown. */
    static DayTables.Table table(DayReport report, DayWords words) {
        return new DayTables.Table(
                "Incidents: outages that belong together",
                List.of(
                        new DayTables.Column("began, id", false, 12),
                        new DayTables.Column("what is constant (a reading, no proof)", false, 36),
                        new DayTables.Column("outages", true, 7),
                        new DayTables.Column("lasted", true, 11),
                        new DayTables.Column("active servers left", false, 20)),
                report.incidents().stream()
                        .map(incident -> List.of(
                                words.times().at(incident.startedAt()) + " " + incident.incidentId(),
                                incident.label(),
                                String.valueOf(incident.outages()),
                                Durations.words(incident.durationMs()) + (incident.endedAt() == null ? " so far" : ""),
                                incident.leftWords()))
                        .toList(),
                "risefall explain ID shows the lines of its outages.");
    }
}
