package io.risefall.query.report.section;

import io.risefall.query.report.model.StateSpan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A state that one node knows of a server.
 *
 * @param span cut to the period
 * @param since when it began
 * @param until when it ended; null while it lasts
 */
record NodeState(
        ServerKey key,
        StateSpan span,
        Instant since,
        @Nullable Instant until) {}
