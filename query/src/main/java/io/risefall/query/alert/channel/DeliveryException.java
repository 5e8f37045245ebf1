package io.risefall.query.alert.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a receiver did not take, and why: one line without secrets. It is tried again. */
public final class DeliveryException extends Exception {
    private final @Nullable Duration retryAfter;

    public DeliveryException(String why) {
        this(why, (Duration) null);
    }

    public DeliveryException(String why, Throwable cause) {
        super(why, cause);
        retryAfter = null;
    }

    /** @param retryAfter when the receiver wants to be asked again; null: it does not say */
    public DeliveryException(String why, @Nullable Duration retryAfter) {
        super(why);
        this.retryAfter = retryAfter;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
