package io.risefall.streams;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.HealthEvent;
import io.risefall.schemas.HealthMessage;
import io.risefall.schemas.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a health line for as long as it can still be corrected.
 *
 * @param at event time
 * @param pid the process that printed it; null where the log has none
 * @param severity its severity; null where the log has none
 * @param message what it said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Line(Instant at, @Nullable Long pid, @Nullable Severity severity, HealthMessage message) {
    static Line of(HealthEvent event) {
        return new Line(event.at(), event.pid(), event.severity(), event.message());
    }

    /** Whether the worker that printed it had been replaced: it says nothing of what the new one holds true. */
    boolean isStale(List<Processes.Reload> reloads) {
        return pid != null && reloads.stream().anyMatch(reload -> reload.replaces(pid, message.proxy(), at));
    }
}
