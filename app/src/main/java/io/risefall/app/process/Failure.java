package io.risefall.app.process;

import io.risefall.ingest.failure.IngestException;
import io.risefall.query.http.ServiceBusyException;
import io.risefall.query.sql.QueryException;
import io.risefall.query.warehouse.WarehouseException;
import io.risefall.streams.StreamsException;
import java.util.Objects;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Something that ends a command with exit code 1; its message is one line that the user can act on. */
public final class Failure extends RuntimeException {
    public Failure(String message) {
        this(message, null);
    }

    public Failure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What {@code e} means to a user. */
    public static Failure of(Throwable e) {
        return e instanceof Failure failure
                ? failure
                : new Failure(isForUsers(e) ? Objects.requireNonNull(e.getMessage()) : reason(e), e);
    }

    /** Whether its message was written for users; every module has its own type for those. */
    public static boolean isForUsers(Throwable e) {
        return e instanceof Failure
                || e instanceof IngestException
                || e instanceof QueryException
                || e instanceof ServiceBusyException
                || e instanceof StreamsException
                || e instanceof WarehouseException;
    }

    /** Whether it came of Ctrl-C. */
    public static boolean isInterruption(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof InterruptException) {
                return true;
            }
        }
        return false;
    }

    /** The innermost message of {@code failure}, or its type where it has none. */
    public static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null || message.isBlank()
                ? innermost.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElseThrow();
    }

    /** Never null: there is no constructor without one. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
