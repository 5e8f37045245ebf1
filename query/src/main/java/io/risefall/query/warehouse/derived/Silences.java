package io.risefall.query.warehouse.derived;

import io.risefall.query.sql.SqlFiles;
import io.risefall.query.warehouse.table.Row;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * When nodes were silent for longer than is their habit: worked out again for every node of which signs of life came, from
 * all signs that are kept. The rule stands in {@code silences/find.sql}. Called within the transaction that wrote the
 * signs, by the one thread that writes.
 */
public final class Silences {
    private final DuckDBConnection connection;

    public Silences(DuckDBConnection connection) {
        this.connection = connection;
    }

    public void written(Set<String> nodes) throws SQLException {
        if (nodes.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("create or replace temp table stage_nodes (node varchar)");
        }
        try (DuckDBAppender appender = connection.createAppender("temp", "main", "stage_nodes")) {
            for (String node : nodes) {
                new Row(appender).text(node).end();
            }
        }
        SqlFiles.run(connection, "silences/find.sql");
    }
}
