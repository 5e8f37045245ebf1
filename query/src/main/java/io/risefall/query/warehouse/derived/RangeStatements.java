package io.risefall.query.warehouse.derived;

import io.risefall.query.sql.SqlFiles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Statements of SQL files about a range, their two parameters. Each is prepared once, as to plan them takes longer than a small write; they
 * are closed with the connection, which is not owned. One thread.
 */
final class RangeStatements {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    RangeStatements(Connection connection) {
        this.connection = connection;
    }

    /** @return how many rows it has changed */
    int run(String file, long first, long last) throws SQLException {
        PreparedStatement statement = prepared.get(file);
        if (statement == null) {
            statement = connection.prepareStatement(SqlFiles.read(file));
            prepared.put(file, statement);
        }
        statement.setLong(1, first);
        statement.setLong(2, last);
        try {
            return statement.executeUpdate();
        } catch (SQLException e) {
            // DuckDB closes a statement that fails, as for lack of memory: it would fail for good.
            prepared.remove(file);
            throw e;
        }
    }
}
