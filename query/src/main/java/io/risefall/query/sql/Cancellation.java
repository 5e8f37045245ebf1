package io.risefall.query.sql;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether a query is still wanted. Any thread. */
public final class Cancellation {
    private final AtomicReference<@Nullable String> why = new AtomicReference<>();

    /** From now on it is not; of several reasons the first counts. */
    public void cancel(String reason) {
        why.compareAndSet(null, reason);
    }

    /** Why it is not wanted; null while it is. */
    public @Nullable String why() {
        return why.get();
    }
}
