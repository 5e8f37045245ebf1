package io.risefall.streams.node;

import io.risefall.schemas.state.Corrections;

/**
 * What is stored of a node beside its processes.
 *
 * @param corrections what has been said of late lines
 * @param heardOn day of the last line that came, by the clock of this machine, as a count from 1970-01-01
 */
public record NodeRecord(Corrections corrections, long heardOn) {}
