package io.risefall.streams.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.risefall.schemas.state.Evidence;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.StateInterval;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The process that last reported this server was replaced or ended, and the new one has not reported it yet. Pure. What
 * the first message of the new process decides is in {@link FirstMessage}.
 *
 * @param at since when nothing is known: the first process that did not report the server began, or the last one stopped
 * @param processAt when the newest process began
 * @param before the state until then, as if it lasted
 * @param outage the outage until then, as if it lasted; null if there was none
 * @param silentFrom when the first process began that did not report the server for longer than first checks take; null
 *     if there was none
 * @param draining whether an operator had it drained until then
 * @param endedAt when the newest process ended; null if no end is known, or another process began since
 * @param interrupted whether no process ran for a while
 * @param why what happened at {@code at}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PendingReload(
        Instant at,
        Instant processAt,
        StateInterval before,
        @Nullable Outage outage,
        @Nullable Instant silentFrom,
        boolean draining,
        @JsonProperty("goneAt") @Nullable Instant endedAt,
        boolean interrupted,
        Evidence why)
        implements Knowledge {

    PendingReload {
        why = why == null ? Evidence.processBegan(at) : why; // an older build did not store it
    }

    /** The column of the decision table. */
    BeforeReload column() {
        return switch (before.state()) {
            case UP -> BeforeReload.UP;
            case DRAIN -> BeforeReload.DRAIN;
            case MAINT -> BeforeReload.MAINTENANCE;
            case DOWN -> silentFrom == null ? BeforeReload.DOWN : BeforeReload.DOWN_THEN_SILENT;
            case UNKNOWN ->
                throw new IllegalStateException(before.server() + " on " + before.node()
                        + ": a state that is unknown cannot be lost in a reload");
        };
    }

    /** After another process began, which has not reported the server either. */
    PendingReload replaced(Instant begin, @Nullable Instant silence, boolean withoutProcess) {
        return new PendingReload(
                at, begin, before, outage, silence, draining, null, interrupted || withoutProcess, why);
    }

    /** After the newest process ended without a report. */
    PendingReload ended(Instant end, @Nullable Instant silence) {
        return new PendingReload(at, processAt, before, outage, silence, draining, end, interrupted, why);
    }

    /** The same, its outage inferred and not reported by lines. */
    PendingReload uncertain() {
        return outage == null
                ? this
                : new PendingReload(
                        at,
                        processAt,
                        before,
                        OutageEdit.uncertain(outage),
                        silentFrom,
                        draining,
                        endedAt,
                        interrupted,
                        why);
    }
}
