package io.risefall.query.warehouse;

import java.nio.file.Path;
import java.sql.SQLException;

/** DuckDB's problems in one line each, with file and remedy. */
final class WarehouseProblems {
    private WarehouseProblems() {}

    static WarehouseException opening(Path file, SQLException problem) {
        String message = firstLine(problem);
        String remedy = switch (DuckDbProblem.of(problem)) {
            case IN_USE ->
                "another process has it open (" + holder(message)
                        + "). An import, a start or a stop takes a moment: try again";
            case PERMISSION_DENIED -> "permission denied; its owner can share it: risefall run --group GROUP";
            case NEWER_FORMAT ->
                "a newer DuckDB wrote it (" + message
                        + "); use the newer Risefall, or move the file away to build it again from Kafka";
            case NOT_A_DATABASE -> "not a DuckDB file; move it away to build it again from Kafka";
            default -> message;
        };
        return new WarehouseException("cannot open " + file + ": " + remedy, problem);
    }

    static WarehouseException reading(Path file, SQLException problem) {
        return new WarehouseException("cannot read " + file + ": " + problem.getMessage(), problem);
    }

    static WarehouseException writing(Path file, SQLException problem) {
        String message = firstLine(problem);
        if (DuckDbProblem.of(problem) == DuckDbProblem.DISK_FULL) {
            return new WarehouseException(
                    "cannot write " + file + ": disk full; stored data is kept; free some space and start again",
                    problem);
        }
        return new WarehouseException("cannot write " + file + ": " + message + "; stored data is kept", problem);
    }

    /** Who has the file open, as DuckDB names it in its message; nothing else says. */
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
