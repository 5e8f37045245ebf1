package io.risefall.query.warehouse;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What went wrong in DuckDB. It has no error codes, so this is the one place that reads its messages to decide. */
public enum DuckDbProblem {
    /** Another process has the file open. */
    IN_USE("could not set lock on file"),
    PERMISSION_DENIED("permission denied"),
    /** A newer DuckDB wrote the file. */
    NEWER_FORMAT("newer version", "version number"),
    NOT_A_DATABASE("not a valid duckdb"),
    DISK_FULL("no space left"),
    /** DuckDB's own limit, or the system's. */
    OUT_OF_MEMORY("out of memory error", "bad allocation"),
    /** After an internal error of DuckDB all further statements fail. The file is as after {@code kill -9}: safe. */
    INVALIDATED("database has been invalidated"),
    /** A row that its table cannot have. */
    CONSTRAINT("constraint error"),
    /** A statement before it failed, and was not rolled back. */
    ABORTED("current transaction is aborted"),
    /** There is nothing to commit or to roll back. */
    NO_TRANSACTION("no transaction is active"),
    OTHER;

    private final String[] phrases;

    DuckDbProblem(String... phrases) {
        this.phrases = phrases;
    }

    static DuckDbProblem of(Throwable problem) {
        String message = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
        for (DuckDbProblem known : values()) {
            for (String phrase : known.phrases) {
                if (message.contains(phrase)) {
                    return known;
                }
            }
        }
        return OTHER;
    }

    /** Whether a failure, or what caused it, is this problem. */
    public boolean isBehind(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (of(cause) == this) {
                return true;
            }
        }
        return false;
    }
}
