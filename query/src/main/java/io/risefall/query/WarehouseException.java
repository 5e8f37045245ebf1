package io.risefall.query;

/** The warehouse cannot be opened or written; the message says which file, what is wrong and what to do. */
public final class WarehouseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WarehouseException(String message, Throwable cause) {
        super(message, cause);
    }

    WarehouseException(String message) {
        super(message);
    }
}
