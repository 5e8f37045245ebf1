package io.risefall.streams.model;

import java.util.List;

/** What a word did: the state after it, and what is to be said about it, in order. */
public record StateUpdate<S>(S next, List<OutputRecord> emissions) {
    public StateUpdate {
        emissions = List.copyOf(emissions);
    }
}
