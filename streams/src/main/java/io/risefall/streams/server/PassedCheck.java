package io.risefall.streams.server;

import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.state.Evidence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The check that had brought a server down passed often enough, and no UP line has followed.
 *
 * @param at when
 * @param line its line; null if it is not known
 */
record PassedCheck(Instant at, @Nullable LinePosition line) {
    /** Why the outage ended with it. */
    Evidence evidence() {
        return Evidence.inferred(Evidence.Rule.UP_LINE_MISSING, line, at);
    }
}
