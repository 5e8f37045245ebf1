package io.risefall.schemas.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of one HAProxy process in one source have told of the level at which its log is capped ({@code log …
 * local0 notice notice}): what a reader that starts again must know to believe the same lines.
 *
 * @param node the HAProxy host
 * @param pid the process that the header names; null where it names none
 * @param unit whether it is of the lines under the facilities {@code user} and {@code daemon}, whose severity is that of
 *     the service or the container engine until another one was heard
 * @param mostSevere the most severe line that was heard; null while none was more severe than traffic
 * @param cap the level at which its severities are taken to be capped; null while nothing shows that they are
 * @param held health lines with the severity of traffic that wait for a proof; so far they count as traffic
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProcessLevel(
        String node,
        @Nullable Long pid,
        boolean unit,
        @Nullable Severity mostSevere,
        @Nullable Severity cap,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<HealthEvent> held) {
    public ProcessLevel {
        held = held == null ? List.of() : List.copyOf(held);
    }
}
