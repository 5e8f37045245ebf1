package io.risefall.query.sql;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A user's SQL could not be answered; the message is one line that says why. */
public final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable SqlPosition position;

    public QueryException(String message, Throwable cause) {
        this(message, null, cause);
    }

    /** @param position in the SQL, which the message then says; null: unknown */
    QueryException(String message, @Nullable SqlPosition position, Throwable cause) {
        super(position == null ? message : message + " (" + position + ")", cause);
        this.position = position;
    }

    public QueryException(String message) {
        super(message);
        position = null;
    }

    /** Where in the SQL it is wrong; null where that is not known. */
    public @Nullable SqlPosition position() {
        return position;
    }

    /** Never null: there is no constructor without one. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
