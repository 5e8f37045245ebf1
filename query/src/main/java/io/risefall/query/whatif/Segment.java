package io.risefall.query.whatif;

import java.time.Instant;
import java.util.List;

/**
 * Checks of one server by one process without interruption.
 *
 * @param lines at least one
 * @param begin what was before
 * @param end when checks ended at the latest
 * @param endIsKnown whether they went on until then; else perhaps only until the last line
 */
record Segment(List<LoggedCheck> lines, Begin begin, Instant end, boolean endIsKnown) {
    /** What was before the first line. */
    enum Begin {
        /** A new process: see its first line. */
        PROCESS,
        /** Maintenance, after which the first failed check marks a server DOWN. */
        MAINTENANCE,
        /** Nobody knows. */
        UNKNOWN
    }
}
