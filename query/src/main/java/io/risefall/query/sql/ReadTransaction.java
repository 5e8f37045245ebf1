package io.risefall.query.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A transaction that only reads: what is asked in it sees the same rows and the same now. One thread. */
public final class ReadTransaction implements AutoCloseable {
    private final Statement statement;

    private ReadTransaction(Statement statement) {
        this.statement = statement;
    }

    /** Begins one on a connection that has none. */
    public static ReadTransaction begin(Connection connection) throws SQLException {
        Statement statement = connection.createStatement();
        try {
            statement.execute("begin transaction read only");
            return new ReadTransaction(statement);
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        try (statement) {
            statement.execute("rollback");
        }
    }
}
