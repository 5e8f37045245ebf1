package io.risefall.streams.model;

import io.risefall.streams.absence.AbsencePeriod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that a state hears, in the order of time. */
public sealed interface StateInput {
    Instant at();

    /** Whether it comes behind a line of this time and process: in the second of a takeover, the old one's lines go before. */
    default boolean isAfter(Instant line, @Nullable Long pid) {
        boolean ofOldProcess = this instanceof ProcessReplaced reloaded
                && reloaded.fromPid() != reloaded.pid()
                && Long.valueOf(reloaded.fromPid()).equals(pid);
        int order = at().compareTo(line);
        return order > 0 || (order == 0 && ofOldProcess);
    }

    /** HAProxy printed a line about it. */
    record LogEvent(Line line) implements StateInput {
        @Override
        public Instant at() {
            return line.at();
        }
    }

    /** The first process that is known began to be heard. */
    record ProcessStarted(Instant at) implements StateInput {}

    /** Another process, {@code pid}, took over from {@code fromPid}: HAProxy forgot what it knew. The pids can be one. */
    record ProcessReplaced(Instant at, long fromPid, long pid) implements StateInput {}

    /** Nobody listened to the node for a while: lines can be lost. */
    record ListenerAbsent(AbsencePeriod away) implements StateInput {
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
    record ProxyStopped(Instant at) implements StateInput {}

    /** The last process ended, its master says: nobody checks the server any more. */
    record ProcessEnded(Instant at) implements StateInput {}
}
