package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A backend without any server.
 *
 * @param id of the node that saw it first, in the view {@code backend_outages}
 * @param node the node that saw it; null where several did
 */
public record DayBackendOutage(
        String id,
        @Nullable String node,
        String proxy,
        SeenBy seenBy,
        Instant startedAt,
        @Nullable Instant endedAt,
        long durationMs,
        long inDayMs) {
    public static final SectionKey<DayBackendOutage> SECTION = new SectionKey<>("backends");

    /** What {@code risefall explain} is asked for its lines. */
    @JsonProperty("explain")
    public String explain() {
        return id;
    }
}
