package io.risefall.query.warehouse.derived;

import io.risefall.query.sql.SqlFiles;
import io.risefall.query.warehouse.table.Row;
import io.risefall.schemas.event.HealthEvent;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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
        try (Statement statement = connection.createStatement()) {
            statement.execute("create or replace temp table stage_heard (node varchar, \"at\" timestamptz)");
        }
        try (DuckDBAppender appender = connection.createAppender("temp", "main", "stage_heard")) {
            for (HealthEvent event : events) {
                new Row(appender).text(event.node()).time(event.at()).end();
            }
        }
        SqlFiles.run(connection, "last_events/keep.sql");
    }
}
