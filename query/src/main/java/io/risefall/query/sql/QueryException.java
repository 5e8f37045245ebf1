package io.risefall.query.sql;

/** A user's SQL could not be answered; the message is one line that says why. */
public final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public QueryException(String message, Throwable cause) {
        super(message, cause);
    }

    public QueryException(String message) {
        super(message);
    }
}
