package io.risefall.query.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A transaction of a connection that commits each statement otherwise. */
public final class SqlTransaction {
    private SqlTransaction() {}

    /** What happens in it. */
    public interface Work {
        void run() throws SQLException;
    }

    /** Does all of the work, or on an exception nothing. */
    public static void run(Connection connection, Work work) throws SQLException {
        execute(connection, "begin transaction");
        try {
            work.run();
            execute(connection, "commit");
        } catch (SQLException | RuntimeException e) {
            try {
                execute(connection, "rollback");
            } catch (SQLException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
