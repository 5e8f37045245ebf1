package io.risefall.ingest.publish;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sink lost what was published since the last commit, or cannot tell whether it did. {@link EventSink#open} tells
 * from where to read again.
 */
public final class SinkLostException extends RuntimeException {
    public SinkLostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Never null: there is no constructor without one. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
