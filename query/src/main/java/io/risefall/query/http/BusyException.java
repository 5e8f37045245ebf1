package io.risefall.query.http;

import java.time.Duration;

/** There is more to do than may wait: the same request may succeed a little later. */
public final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Duration retryAfter;

    /** @param retryAfter when it is worth to ask again */
    public BusyException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
