package io.risefall.query.warehouse;

import java.util.Objects;

/** The warehouse cannot be opened or written; the message says which file, what is wrong and what to do. */
public final class WarehouseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final DuckDbProblem problem;

    WarehouseException(String message, Throwable cause) {
        super(message, cause);
        problem = DuckDbProblem.of(cause);
    }

    WarehouseException(String message) {
        super(message);
        problem = DuckDbProblem.OTHER;
    }

    /** What DuckDB said; {@link DuckDbProblem#OTHER} where the problem is Risefall's own. */
    public DuckDbProblem problem() {
        return problem;
    }

    /** Never null: there is no constructor without one. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
