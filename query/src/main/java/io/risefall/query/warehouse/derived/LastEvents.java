package io.risefall.query.warehouse.derived;

import io.risefall.query.sql.PreparedStatements;
import io.risefall.query.warehouse.table.Row;
import io.risefall.query.warehouse.table.Staging;
import io.risefall.schemas.event.HealthEvent;
import java.sql.SQLException;
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
    private static final List<String> STEPS =
            List.of("last_events/join.sql", "last_events/forget.sql", "last_events/keep.sql");

    private final PreparedStatements statements;
    private final Staging heard;

    public LastEvents(DuckDBConnection connection, PreparedStatements statements) {
        this.statements = statements;
        heard = new Staging(connection, statements, "stage_heard", "node varchar, \"at\" timestamptz");
    }

    /** Works it out for all lines. */
    public void workOut() throws SQLException {
        heard.clear();
        statements.run("insert into stage_heard select node, max(\"at\") from store.events group by node");
        keep();
    }

    /** Minds lines that were just written. */
    public void written(List<HealthEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        Map<String, Instant> latest = new HashMap<>();
        events.forEach(
                event -> latest.merge(event.node(), event.at(), (one, other) -> one.isBefore(other) ? other : one));
        try (DuckDBAppender appender = heard.fill()) {
            for (Map.Entry<String, Instant> one : latest.entrySet()) {
                new Row(appender).text(one.getKey()).time(one.getValue()).end();
            }
        }
        keep();
    }

    private void keep() throws SQLException {
        for (String step : STEPS) {
            statements.runFile(step);
        }
    }
}
