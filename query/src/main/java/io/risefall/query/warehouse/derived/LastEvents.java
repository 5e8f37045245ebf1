package io.risefall.query.warehouse.derived;

import io.risefall.query.sql.SqlFiles;
import io.risefall.query.warehouse.table.Row;
import io.risefall.schemas.event.HealthEvent;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Keeps the table of the time of each node's latest health line, which nearly every view asks for: to find it means reading all lines.
 * Called by the thread that writes, in its transaction.
 */
public final class LastEvents {
    private final DuckDBConnection connection;

    public LastEvents(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** Works it out for all lines. */
    public void workOut() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create or replace temp table stage_heard as select node, \"at\" from store.events");
        }
        SqlFiles.run(connection, "last_events/keep.sql");
    }

    /** Minds lines that were just written. */
    public void written(List<HealthEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        Map<String, Instant> latest = new HashMap<>();
        events.forEach(
                event -> latest.merge(event.node(), event.at(), (one, other) -> one.isBefore(other) ? other : one));
        try (Statement statement = connection.createStatement()) {
            statement.execute("create or replace temp table stage_heard (node varchar, \"at\" timestamptz)");
        }
        try (DuckDBAppender appender = connection.createAppender("temp", "main", "stage_heard")) {
            for (Map.Entry<String, Instant> one : latest.entrySet()) {
                new Row(appender).text(one.getKey()).time(one.getValue()).end();
            }
        }
        SqlFiles.run(connection, "last_events/keep.sql");
    }
}
