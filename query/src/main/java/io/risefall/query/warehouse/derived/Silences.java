package io.risefall.query.warehouse.derived;

import io.risefall.query.sql.PreparedStatements;
import io.risefall.query.sql.SqlFiles;
import io.risefall.query.warehouse.table.Row;
import io.risefall.query.warehouse.table.Staging;
import java.sql.SQLException;
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
    private final Staging heard;

    public Silences(DuckDBConnection connection, PreparedStatements statements) {
        this.connection = connection;
        heard = new Staging(connection, statements, "stage_nodes", "node varchar");
    }

    public void written(Set<String> nodes) throws SQLException {
        if (nodes.isEmpty()) {
            return;
        }
        try (DuckDBAppender appender = heard.fill()) {
            for (String node : nodes) {
                new Row(appender).text(node).end();
            }
        }
        SqlFiles.run(connection, "silences/find.sql");
    }
}
