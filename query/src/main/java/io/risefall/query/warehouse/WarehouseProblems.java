package io.risefall.query.warehouse;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;

/** DuckDB's messages as one line each with file and remedy; DuckDB has no error codes, only words. */
final class WarehouseProblems {
    private WarehouseProblems() {}

    static WarehouseException opening(Path file, SQLException problem) {
        String message = firstLine(problem);
        String words = message.toLowerCase(Locale.ROOT);
        if (words.contains("could not set lock on file")) {
            return new WarehouseException(
                    "cannot open " + file + ": another process has it open (" + holder(message)
                            + "); where that is a risefall import, or a risefall that is just starting or ending, try again "
                            + "in a moment",
                    problem);
        }
        if (words.contains("permission denied")) {
            return new WarehouseException(
                    "cannot open " + file + ": permission denied; its owner can share it: risefall run --group GROUP",
                    problem);
        }
        if (words.contains("newer version") || words.contains("version number")) {
            return new WarehouseException(
                    "cannot open " + file + ": a newer DuckDB wrote it (" + message
                            + "); use the newer Risefall, or move the file away to build it again from Kafka",
                    problem);
        }
        if (words.contains("not a valid duckdb")) {
            return new WarehouseException(
                    "cannot open " + file + ": not a DuckDB file; move it away to build it again from Kafka", problem);
        }
        return new WarehouseException("cannot open " + file + ": " + message, problem);
    }

    static WarehouseException reading(Path file, SQLException problem) {
        return new WarehouseException("cannot read " + file + ": " + problem.getMessage(), problem);
    }

    static WarehouseException writing(Path file, SQLException problem) {
        String message = firstLine(problem);
        if (message.toLowerCase(Locale.ROOT).contains("no space left")) {
            return new WarehouseException(
                    "cannot write " + file
                            + ": disk full; what was stored before is kept, free some space and start again",
                    problem);
        }
        return new WarehouseException(
                "cannot write " + file + ": " + message + "; what was stored before is kept", problem);
    }

    /** DuckDB's own limit, or the system's. */
    static boolean isOutOfMemory(Throwable problem) {
        String message = String.valueOf(problem.getMessage());
        return message.contains("Out of Memory Error") || message.contains("bad allocation");
    }

    private static String holder(String message) {
        int from = message.indexOf("held in ");
        int to = message.indexOf(')', from);
        return from < 0 || to < 0 ? "unknown" : message.substring(from + "held in ".length(), to + 1);
    }

    private static String firstLine(SQLException problem) {
        String message = String.valueOf(problem.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
