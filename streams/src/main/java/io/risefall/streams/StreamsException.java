package io.risefall.streams;

import org.jspecify.annotations.Nullable;

/** The streams part cannot go on. The message is one line for the user: what is wrong, where, and what to do. */
public final class StreamsException extends RuntimeException {
    public StreamsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
