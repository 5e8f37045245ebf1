package io.risefall.ingest;

import org.jspecify.annotations.Nullable;

/**
 * The sink lost what it was given since the last commit, or cannot tell whether it did. {@link EventSink#open} says
 * from where to read again.
 */
final class SinkLostException extends RuntimeException {
    SinkLostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
