package io.risefall.query.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Statements that change rows, each prepared once, as to plan one takes longer than a small write. DuckDB plans them again when a table was
 * made or dropped since. They are closed with the connection, which is not owned. One thread.
 */
public final class PreparedStatements {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    public PreparedStatements(Connection connection) {
        this.connection = connection;
    }

    /** @return how many rows the one statement of an SQL file has changed */
    public int runFile(String file, Object... parameters) throws SQLException {
        PreparedStatement statement = prepared.get(file);
        return run(file, statement == null ? prepare(file, SqlFiles.read(file)) : statement, parameters);
    }

    /** @return how many rows it has changed */
    public int run(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        return run(sql, statement == null ? prepare(sql, sql) : statement, parameters);
    }

    private PreparedStatement prepare(String key, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        prepared.put(key, statement);
        return statement;
    }

    private int run(String key, PreparedStatement statement, Object... parameters) throws SQLException {
        try {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            // DuckDB closes a statement that fails, as for lack of memory: it would fail for good.
            prepared.remove(key);
            throw e;
        }
    }
}
