package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
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
    public static final SectionKey<Incident> SECTION = new SectionKey<>("incidents");

    public Incident {
        outageIds = List.copyOf(outageIds);
    }

    /** What was left of the backend that was hit the most, by HAProxy's own counts. */
    public String leftText() {
        if (worstBackend == null) {
            return "not logged";
        }
        return worstBackend + ": " + activeLeft + " of " + activeBefore
                + (backupLeft == null || backupLeft == 0 ? "" : " and " + backupLeft + " backup");
    }
}
