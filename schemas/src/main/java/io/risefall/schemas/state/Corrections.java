package io.risefall.schemas.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.HealthKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far back late lines of one node correct the past, and how many came too late for that. There is one per node.
 *
 * @param node the HAProxy host
 * @param reachMillis a line that is so much older than the newest one of its server still corrects
 * @param tooLate lines that came later than that, and changed no state
 * @param tooLateAt event time of the last of them that came; null while there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Corrections(
        String node,
        long reachMillis,
        long tooLate,
        @Nullable Instant tooLateAt) implements StateRecord {
    @Override
    public String key() {
        return HealthKey.escape(node) + "//corrections/0";
    }
}
