package io.risefall.query.verify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server as one node sees it now, and what happened to it in the window.
 *
 * @param name {@code PROXY/SERVER}
 * @param state {@code up}, {@code down}, {@code maint}, {@code drain} or {@code unknown}
 * @param since when the state began; null: not known
 * @param certain whether lines prove the state
 * @param standby whether its backend has one leader by design, which is up, and this is not it
 * @param reason HAProxy's short code for the latest outage; null: none
 * @param outages outages that touch the window, the present one included
 * @param lastEnd when the latest of them ended; null: none has
 * @param failedChecks failed checks in the window
 * @param lastFailed the latest of them; null: none
 */
record VerifiedServer(
        String node,
        String name,
        String state,
        @Nullable Instant since,
        boolean certain,
        boolean standby,
        @Nullable String reason,
        int outages,
        @Nullable Instant lastEnd,
        int failedChecks,
        @Nullable Instant lastFailed) {

    boolean isBad() {
        return state.equals("down") && !standby;
    }

    /** A standby fails its checks by design. */
    boolean isResting() {
        return state.equals("down") && standby;
    }

    boolean isUnknown() {
        return state.equals("unknown") || !certain;
    }
}
