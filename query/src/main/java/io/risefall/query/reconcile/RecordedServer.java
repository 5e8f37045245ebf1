package io.risefall.query.reconcile;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server as Risefall recorded it, since a process began.
 *
 * @param saidDown when a line of that time first said DOWN; null: none did
 * @param stretches its states, the earliest first, without holes; the first may have begun before the process
 */
record RecordedServer(String proxy, String server, @Nullable Instant saidDown, List<Stretch> stretches) {

    /**
     * A time in one state.
     *
     * @param cause what began it
     * @param to null: it lasts
     */
    record Stretch(
            String state,
            String cause,
            Instant from,
            @Nullable Instant to) {
        boolean is(String name) {
            return state.equals(name);
        }

        /** Milliseconds of it within a time. */
        long millis(Instant begin, Instant end) {
            Instant first = from.isBefore(begin) ? begin : from;
            Instant last = to == null || to.isAfter(end) ? end : to;
            return Math.max(0, last.toEpochMilli() - first.toEpochMilli());
        }
    }

    RecordedServer {
        stretches = List.copyOf(stretches);
    }

    String name() {
        return proxy + "/" + server;
    }

    /** The state now; Risefall knows none of a server without any. */
    String state() {
        return stretches.isEmpty()
                ? "unknown"
                : stretches.get(stretches.size() - 1).state();
    }

    /** Milliseconds in a state within a time. */
    long millis(String state, Instant begin, Instant end) {
        return stretches.stream()
                .filter(one -> one.is(state))
                .mapToLong(one -> one.millis(begin, end))
                .sum();
    }
}
