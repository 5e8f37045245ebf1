package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.risefall.query.explain.subject.ExplainTarget;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Failed checks of one hour. */
public record ReasonHour(
        Instant hour,
        String reason,
        @Nullable Integer code,
        long failures,
        long downs,
        @Nullable Long maxDurationMs,
        int servers) {
    public static final SectionKey<ReasonHour> SECTION = new SectionKey<>("reasons");

    /** What {@code risefall explain} is asked for its lines. */
    @JsonProperty("explain")
    public String explain() {
        return hour.toString().substring(0, "2026-11-23T10:00".length()) + "Z " + reason + " "
                + (code == null ? ExplainTarget.WITHOUT : code) + " failures";
    }
}
