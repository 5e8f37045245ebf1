package io.risefall.streams.model;

import java.util.List;

/** What a word did: the state after it, and what is to be said about it, in order. */
public record Step<S>(S next, List<Emission> emissions) {
    public Step {
        emissions = List.copyOf(emissions);
    }
}
