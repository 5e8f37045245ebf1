package io.risefall.streams.model;

import java.util.List;

/** The result of an input: the next state, and the records to emit, in order. */
public record StateUpdate<S>(S next, List<OutputRecord> emissions) {
    public StateUpdate {
        emissions = List.copyOf(emissions);
    }
}
