package io.risefall.streams;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.Health;
import io.risefall.schemas.Outage;
import io.risefall.schemas.StateInterval;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server was not up when another process took over, and no line of that process has yet told what became of it.
 *
 * @param at when the first process took over that has been silent about it
 * @param processAt when the newest one took over
 * @param before the state until then, as if it still went on
 * @param outage the outage until then, as if it still went on; null where it was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Takeover(
        Instant at,
        Instant processAt,
        StateInterval before,
        @Nullable Outage outage) {
    boolean was(Health state) {
        return before.state() == state;
    }
}
