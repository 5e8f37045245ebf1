package io.risefall.ingest.failure;

import java.util.Objects;

/**
 * Reading or publishing cannot go on as asked. The message is one line for the user: what was tried, on what, and what
 * can be done.
 */
public final class IngestException extends RuntimeException {
    public IngestException(String message) {
        super(message);
    }

    public IngestException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Never null: there is no constructor without one. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
