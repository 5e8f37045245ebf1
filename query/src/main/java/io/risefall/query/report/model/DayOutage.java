package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.report.cause.Diagnosis;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One outage: from the first to the last node that saw the server DOWN, or in {@code byNode} what one node saw.
 *
 * @param id of the outage of the node that saw it first, in the view {@code outages}
 * @param node the node that saw it; null where several did
 * @param seenBy which nodes saw it, of how many that had the server in service
 * @param inDayMs its length inside the period
 * @param durationMs its whole length so far; may have begun before the day and may go on after it
 * @param detectionMs from the first failed check to DOWN; null where no check line says
 * @param recoveryMs from the first passed check to UP; null where no check line says
 * @param role it is of a role backend: a standby, or a leader that went
 * @param byNode what each node saw, where several did
 */
@JsonPropertyOrder({"id", "node", "proxy", "server", "backup", "started_at", "ended_at", "duration_ms", "in_day_ms"})
public record DayOutage(
        String id,
        @Nullable String node,
        String proxy,
        String server,
        boolean backup,
        SeenBy seenBy,
        Instant startedAt,
        @Nullable Instant endedAt,
        long durationMs,
        long inDayMs,
        @Nullable String endedBy,
        @Nullable String reason,
        @Nullable String reasonText,
        @Nullable Integer code,
        @Nullable String info,
        @Nullable String via,
        boolean agent,
        @Nullable Instant firstFailureAt,
        boolean backendEmptied,
        boolean certain,
        @Nullable Instant firstSuccessAt,
        @Nullable Long detectionMs,
        @Nullable Long recoveryMs,
        boolean role,
        Diagnosis diagnosis,
        List<DayOutage> byNode) {
    public static final SectionKey<DayOutage> SECTION = new SectionKey<>("outages");

    public DayOutage {
        byNode = List.copyOf(byNode);
    }

    /** What {@code risefall explain} is asked for its lines. */
    @JsonProperty("explain")
    public String explain() {
        return id;
    }

    /** {@code proxy/server}. */
    @JsonIgnore
    public String name() {
        return proxy + "/" + server;
    }

    /** What each node saw: itself, where one did. */
    @JsonIgnore
    public List<DayOutage> sightings() {
        return byNode.isEmpty() ? List.of(this) : byNode;
    }

    /** Whether it lasts at that moment. */
    @JsonIgnore
    public boolean isOpen(Instant at) {
        return endedAt == null || !endedAt.isBefore(at);
    }

    /** Whether it ended with an UP before that moment. */
    @JsonIgnore
    public boolean isRecovered(Instant before) {
        return "up".equals(endedBy) && endedAt != null && endedAt.isBefore(before);
    }
}
