package io.risefall.streams;

import java.time.Instant;

/** One thing that a state hears, in the order of time. */
sealed interface Word {
    Instant at();

    /** HAProxy printed a line about it. */
    record Said(Line line) implements Word {
        @Override
        public Instant at() {
            return line.at();
        }
    }

    /** Another process took over the node: HAProxy forgot what it knew. */
    record Reloaded(Instant at, long pid) implements Word {}
}
