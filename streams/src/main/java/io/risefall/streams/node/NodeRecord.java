package io.risefall.streams.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.risefall.schemas.state.Corrections;

/**
 * The stored record of a node, beside its processes.
 *
 * @param corrections the emitted record about late lines
 * @param lastLineOn day on which the last line arrived, by the clock of this machine, counted from 1970-01-01
 */
public record NodeRecord(
        Corrections corrections, @JsonProperty("heardOn") long lastLineOn) {}
