package io.risefall.query.warehouse.derived;

import io.risefall.query.sql.PreparedStatements;
import io.risefall.query.warehouse.table.Row;
import io.risefall.query.warehouse.table.Staging;
import io.risefall.schemas.event.HealthEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Keeps the table of the health lines that say again what another one has said. It is worked out where it can have
 * changed: in the spans of ten seconds that lines were written for, and the ones beside them. The views only look it up,
 * as looking for repeats means sorting all lines. Called by the thread that writes, in its transaction.
 */
public final class Repeats {
    /** Longer than any repeat is after what it repeats; also in the SQL. */
    private static final long SPAN_MICROS = Duration.ofSeconds(10).toMillis() * 1000;

    /** A line can change what those up to so many spans away are. */
    private static final int REACH = 1;

    /** Most stay as they are: what is not deleted need not be written again. */
    private static final List<String> STEPS = List.of("repeats/find.sql", "repeats/forget.sql", "repeats/keep.sql");

    private final DuckDBConnection connection;
    private final PreparedStatements statements;
    private final Staging spans;
    private final Staging found;

    public Repeats(DuckDBConnection connection, PreparedStatements statements) {
        this.connection = connection;
        this.statements = statements;
        spans = new Staging(connection, statements, "stage_spans", "span bigint, reported boolean");
        found = new Staging(
                connection,
                statements,
                "stage_repeats",
                "\"at\" timestamptz, source varchar, position bigint, repeat integer");
    }

    /** Whether the warehouse has that table: one that was written before there was it has not. */
    public boolean areKept() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet table = statement.executeQuery("select 1 from information_schema.tables"
                        + " where table_schema = 'store' and table_name = 'repeats'")) {
            return table.next();
        }
    }

    /** Works them out for all lines. */
    public void workOut() throws SQLException {
        spans.clear();
        statements.run("insert into stage_spans select distinct epoch_us(\"at\") // 10000000, true from store.events");
        try (Statement statement = connection.createStatement();
                ResultSet range = statement.executeQuery("select min(span), max(span) from stage_spans")) {
            range.next();
            replace(range.getLong(1), range.getLong(2));
        }
    }

    /** Works them out again around lines that were just written. */
    public void written(List<HealthEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        TreeMap<Long, Boolean> changed = new TreeMap<>();
        for (HealthEvent event : events) {
            long span = Math.floorDiv(micros(event.at()), SPAN_MICROS);
            for (int i = -2 * REACH; i <= 2 * REACH; i++) {
                changed.merge(span + i, Math.abs(i) <= REACH, Boolean::logicalOr);
            }
        }
        try (DuckDBAppender appender = spans.fill()) {
            for (var span : changed.entrySet()) {
                new Row(appender).whole(span.getKey()).flag(span.getValue()).end();
            }
        }
        replace(changed.firstKey(), changed.lastKey());
    }

    private void replace(long first, long last) throws SQLException {
        found.clear();
        for (String step : STEPS) {
            statements.runFile(step, first * SPAN_MICROS, (last + 1) * SPAN_MICROS);
        }
    }

    private static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000);
    }
}
