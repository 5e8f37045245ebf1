package io.risefall.query.reconcile;

import io.risefall.schemas.message.ServerStatus;
import org.jspecify.annotations.Nullable;

/**
 * A server as HAProxy counts it.
 *
 * @param status as {@code UP}, {@code DOWN 1/2}, {@code MAINT (via b/s)}, {@code no check}
 * @param downs {@code chkdown}; null: it counts none, as for servers without a check of their own
 * @param downSeconds {@code downtime}; null: it counts none
 * @param changedSeconds {@code lastchg}: so long ago the state changed; null: not told
 */
public record CountedServer(
        String proxy,
        String server,
        String status,
        @Nullable Long downs,
        @Nullable Long downSeconds,
        @Nullable Long changedSeconds) {

    public String name() {
        return proxy + "/" + server;
    }

    /** HAProxy's status in words of Risefall's states. */
    public String state() {
        return ServerStatus.state(status).word();
    }
}
