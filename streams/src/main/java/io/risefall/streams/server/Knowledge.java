package io.risefall.streams.server;

import org.jspecify.annotations.Nullable;

/** Whether the state of a server is known, or a new process has not reported it yet. */
sealed interface Knowledge permits Knowledge.Known, PendingReload {
    /** The newest process reported the state, or there is no state yet. */
    record Known() implements Knowledge {}

    static Knowledge known() {
        return new Known();
    }

    /** From its stored form, in which {@link Known} is null. */
    static Knowledge of(@Nullable PendingReload stored) {
        return stored == null ? known() : stored;
    }

    /** The stored form. */
    default @Nullable PendingReload pendingReload() {
        return this instanceof PendingReload pending ? pending : null;
    }
}
