package io.risefall.app.process;

import io.risefall.ingest.failure.IngestException;
import io.risefall.query.http.service.ServiceBusyException;
import io.risefall.query.sql.QueryException;
import io.risefall.query.warehouse.WarehouseException;
import io.risefall.query.worker.EndedWorkerException;
import io.risefall.streams.StreamsException;
import java.util.Objects;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Ends a command with exit code 1. Its message is one line that the user can act on. */
public final class CommandException extends RuntimeException {
    public CommandException(String message) {
        this(message, null);
    }

    public CommandException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** {@code e}, with a message for the user. */
    public static CommandException of(Throwable e) {
        return e instanceof CommandException failure
                ? failure
                : new CommandException(isForUser(e) ? Objects.requireNonNull(e.getMessage()) : reason(e), e);
    }

    /** Whether the message is meant for users. Each module has its own type for such exceptions. */
    public static boolean isForUser(Throwable e) {
        return e instanceof CommandException
                || e instanceof IngestException
                || e instanceof QueryException
                || e instanceof ServiceBusyException
                || e instanceof StreamsException
                || e instanceof WarehouseException
                || e instanceof EndedWorkerException;
    }

    /** Whether Ctrl-C caused it. */
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
