package io.risefall.query.health;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;

/**
 * A probe's latest result, as the pages tell it.
 *
 * @param since since when it has been in this state
 */
@JsonPropertyOrder({"name", "state", "since", "detail", "remedy"})
record HealthCheck(String name, ProbeResult.State state, Instant since, String detail, String remedy) {
    boolean isOk() {
        return state == ProbeResult.State.OK;
    }
}
