package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one source delivered, over all days.
 *
 * @param unstamped of the rejected, health lines to which no line tells the time; not in the JSON where there are none
 */
public record SourceTally(
        String source,
        long lines,
        long events,
        long traffic,
        long other,
        long repeats,
        long rejected,
        @Nullable Instant firstAt,
        @Nullable Instant lastAt,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long unstamped) {
    public static final SectionKey<SourceTally> SECTION = new SectionKey<>("sources");
}
