package io.risefall.streams.model;

import io.risefall.streams.absence.Away;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that a state hears, in the order of time. */
public sealed interface Word {
    Instant at();

    /** Whether it comes behind a line of this time and process: in the second of a takeover, the old one's lines go before. */
    default boolean isAfter(Instant line, @Nullable Long pid) {
        boolean ofOldProcess = this instanceof Reloaded reloaded
                && reloaded.fromPid() != reloaded.pid()
                && Long.valueOf(reloaded.fromPid()).equals(pid);
        int order = at().compareTo(line);
        return order > 0 || (order == 0 && ofOldProcess);
    }

    /** HAProxy printed a line about it. */
    record Said(Line line) implements Word {
        @Override
        public Instant at() {
            return line.at();
        }
    }

    /** The first process that is known began to be heard. */
    record Began(Instant at) implements Word {}

    /** Another process, {@code pid}, took over from {@code fromPid}: HAProxy forgot what it knew. The pids can be one. */
    record Reloaded(Instant at, long fromPid, long pid) implements Word {}

    /** Nobody listened to the node for a while: lines can be lost. */
    record Absent(Away away) implements Word {
        @Override
        public Instant at() {
            return away.from();
        }

        /** A line of the same moment was still heard. */
        @Override
        public boolean isAfter(Instant line, @Nullable Long pid) {
            return !at().isBefore(line);
        }
    }

    /** The process stopped serving this proxy, and none has taken over yet. */
    record Stopped(Instant at) implements Word {}

    /** The last process ended, its master says: nobody checks the server any more. */
    record Ended(Instant at) implements Word {}
}
