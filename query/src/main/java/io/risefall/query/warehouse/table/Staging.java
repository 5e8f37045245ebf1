package io.risefall.query.warehouse.table;

import io.risefall.query.sql.PreparedStatements;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A temporary table for rows that the statements after it read. It is made once and then emptied, as with each table that is made DuckDB
 * plans all statements again. Called by the thread that writes, in its transaction.
 */
public final class Staging {
    /** Rows that were deleted are still skipped one by one. */
    private static final long MOST_DELETED = 10_000;

    private final DuckDBConnection connection;
    private final PreparedStatements statements;
    private final String table;
    private final String columns;
    private long deleted;

    /** @param columns names and types, as SQL lists them */
    public Staging(DuckDBConnection connection, PreparedStatements statements, String table, String columns) {
        this.connection = connection;
        this.statements = statements;
        this.table = table;
        this.columns = columns;
    }

    /** Takes all rows out of it. */
    public void clear() throws SQLException {
        // Columns one by one: of a table that is made as a SELECT with LIMIT 0, DuckDB 2.0.0 loses the rows that a
        // large
        // INSERT of the same transaction puts there. What a transaction made is gone when it is rolled back.
        execute("create temp table if not exists " + table + " (" + columns + ")");
        deleted += statements.run("delete from " + table);
        if (deleted > MOST_DELETED) {
            execute("create or replace temp table " + table + " (" + columns + ")");
            deleted = 0;
        }
    }

    /** Takes all rows out of it, and new ones in; the caller closes the appender before a statement reads them. */
    public DuckDBAppender fill() throws SQLException {
        clear();
        return connection.createAppender("temp", "main", table);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
