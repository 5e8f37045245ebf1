package io.risefall.query.warehouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Transactions of one connection. What fails is rolled back; where the rollback fails too, as it can for lack of memory, it is tried
 * again before the connection is used next: until then DuckDB refuses every statement. One thread.
 */
final class Transactions {
    private final Connection connection;
    private boolean open;

    Transactions(Connection connection) {
        this.connection = connection;
    }

    /** What happens in a transaction. */
    interface Changes {
        void make() throws SQLException;
    }

    /** Makes the changes, all or none of them. */
    void run(Changes changes) throws SQLException {
        end();
        open = true;
        try {
            afterRollback(() -> {
                execute("begin transaction"); // the appender alone opens none
                return true;
            });
            changes.make();
            execute("commit");
            open = false;
        } catch (SQLException | RuntimeException e) {
            try {
                end();
            } catch (SQLException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /** What reads. */
    interface Reading<T> {
        T read() throws SQLException;
    }

    /** Reads outside of a transaction, once what a failure left open is rolled back. */
    <T> T read(Reading<T> reading) throws SQLException {
        end();
        return afterRollback(reading);
    }

    /** A statement by itself that lacked memory can leave its transaction open, too: rolls that back, and does it again. */
    private <T> T afterRollback(Reading<T> reading) throws SQLException {
        try {
            return reading.read();
        } catch (SQLException e) {
            if (DuckDbProblem.of(e) != DuckDbProblem.ABORTED) {
                throw e;
            }
            execute("rollback");
            return reading.read();
        }
    }

    /** Rolls back what a failure left open. */
    void end() throws SQLException {
        if (!open) {
            return;
        }
        try {
            execute("rollback");
        } catch (SQLException e) {
            if (DuckDbProblem.of(e) != DuckDbProblem.NO_TRANSACTION) {
                throw e;
            }
        }
        open = false;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
