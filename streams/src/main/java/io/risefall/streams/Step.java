package io.risefall.streams;

import java.util.List;

/** What a word did: the state after it, and what is to be said about it, in order. */
record Step<S>(S next, List<Emission> emissions) {
    Step {
        emissions = List.copyOf(emissions);
    }
}
