package io.risefall.streams.model;

import io.risefall.streams.absence.AbsencePeriod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One input of a state. Inputs are applied in the order of time. */
public sealed interface StateInput {
    Instant at();

    /** Whether it comes after a line of this time and process: in the second of a reload, the old process's lines come first. */
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

    /** The first known process printed its first line. */
    record ProcessStarted(Instant at) implements StateInput {}

    /** A reload: process {@code pid} replaced {@code fromPid} and forgot its states. The pids can be equal. */
    record ProcessReplaced(Instant at, long fromPid, long pid) implements StateInput {}

    /** Nobody listened to the node for a while: lines may be lost. */
    record ListenerAbsent(AbsencePeriod away) implements StateInput {
        @Override
        public Instant at() {
            return away.from();
        }

        /** A line of the same moment was still received. */
        @Override
        public boolean isAfter(Instant line, @Nullable Long pid) {
            return !at().isBefore(line);
        }
    }

    /** The process stopped serving this proxy, and no other has replaced it yet. */
    record ProxyStopped(Instant at) implements StateInput {}

    /** The last process ended, as its master reports: the server is not checked any more. */
    record ProcessEnded(Instant at) implements StateInput {}
}
