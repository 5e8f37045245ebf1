package io.risefall.query.health;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;

/**
 * A probe's latest result, as the pages tell it.
 *
 * @param name one word, which stays
 * @param since since when it has been in this state
 * @param detail what there is, in a clause
 * @param remedy what a person can do; empty where nothing is to be done
 */
@JsonPropertyOrder({"name", "state", "since", "detail", "remedy"})
public record HealthCheck(String name, ProbeResult.State state, Instant since, String detail, String remedy) {
    public boolean isOk() {
        return state == ProbeResult.State.OK;
    }

    public boolean isFailing() {
        return state == ProbeResult.State.FAILING;
    }
}
