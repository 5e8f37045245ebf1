package io.risefall.query.warehouse;

import java.util.Objects;

/** The warehouse cannot be opened or written; the message says which file, what is wrong and what to do. */
public final class WarehouseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean outOfMemory;

    WarehouseException(String message, Throwable cause) {
        super(message, cause);
        outOfMemory = WarehouseProblems.isOutOfMemory(cause);
    }

    WarehouseException(String message) {
        super(message);
        outOfMemory = false;
    }

    /** Whether it is for want of memory alone, which others may give back. */
    boolean isOutOfMemory() {
        return outOfMemory;
    }

    /** Never null: there is no constructor without one. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
