package io.risefall.query.reconcile;

import io.risefall.query.text.Counts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of a process's time Risefall knows, for one server.
 *
 * @param knownFrom the node's first line; null: not known
 * @param server null: no line is about it
 * @param logged whether any line has told of its backend
 */
record Coverage(
        Instant begin,
        Instant end,
        @Nullable Instant knownFrom,
        @Nullable RecordedServer server,
        boolean logged) {
    /** Why a backend that never logged proves no loss. */
    static final String NOT_LOGGED =
            "no line of this backend was ever read: it has \"no log\" or no log target, or its lines are lost; "
                    + "what no line tells cannot be known";

    /** Milliseconds of which nothing is known. */
    long missingMillis() {
        long before =
                knownFrom == null || knownFrom.isBefore(begin) ? 0 : knownFrom.toEpochMilli() - begin.toEpochMilli();
        return before + (server == null ? 0 : server.millis("unknown", begin, end));
    }

    /** As a reason. */
    String words() {
        return Counts.grouped(missingMillis() / 1_000)
                + " s since the process began are not known: Risefall was not there, or the log does not tell";
    }
}
