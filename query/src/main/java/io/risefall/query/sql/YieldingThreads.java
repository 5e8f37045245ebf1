package io.risefall.query.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * DuckDB's own threads, which share the work of whatever query runs, at the lowest priority: else some abusive queries take all cores
 * from the thread that writes, for it has only its own. A native thread begins with the priority of the one that starts it, where the
 * system gives priorities to threads (Linux; Java must be told so, see {@code -XX:ThreadPriorityPolicy}).
 */
final class YieldingThreads {
    private YieldingThreads() {}

    /** Ends the instance's threads, and has others started. */
    @SuppressWarnings("ThreadPriorityCheck") // what is lost without priorities is speed, and nothing else
    static void restart(Connection connection) throws SQLException {
        CompletableFuture<Void> restarted = CompletableFuture.runAsync(
                () -> {
                    try (Statement statement = connection.createStatement()) {
                        int threads = threads(statement);
                        statement.execute("set threads = 1");
                        statement.execute("set threads = " + threads);
                    } catch (SQLException e) {
                        throw new CompletionException(e);
                    }
                },
                task -> {
                    Thread starter = new Thread(task, "duckdb");
                    starter.setPriority(Thread.MIN_PRIORITY);
                    starter.start();
                });
        try {
            restarted.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SQLException problem) {
                throw problem;
            }
            throw e;
        }
    }

    private static int threads(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select current_setting('threads')")) {
            row.next();
            return row.getInt(1);
        }
    }
}
