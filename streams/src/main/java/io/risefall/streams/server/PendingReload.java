package io.risefall.streams.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.StateInterval;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The process that knew a server ended, and no line of a later one has yet told what became of it. A server that was up
 * is up again as soon as another process begins.
 *
 * @param at since when nothing is known: the first process that has been silent about it took over, or the last stopped
 * @param processAt when the newest process took over
 * @param before the state until then, as if it still went on
 * @param outage the outage until then, as if it still went on; null where it was none
 * @param silentFrom when the first process began that was silent about it for longer than first checks take; null where
 *     none was
 * @param draining whether an operator had it drained until then
 * @param goneAt when the process ended that was the newest until then; null where no end is known, or another one began
 *     since
 * @param interrupted whether there was no process at all for a while
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PendingReload(
        Instant at,
        Instant processAt,
        StateInterval before,
        @Nullable Outage outage,
        @Nullable Instant silentFrom,
        boolean draining,
        @Nullable Instant goneAt,
        boolean interrupted) {
    /** The same, its outage inferred and not said by lines. */
    PendingReload uncertain() {
        return outage == null
                ? this
                : new PendingReload(
                        at, processAt, before, OutageEdit.uncertain(outage), silentFrom, draining, goneAt, interrupted);
    }

    boolean was(Health state) {
        return before.state() == state;
    }
}
