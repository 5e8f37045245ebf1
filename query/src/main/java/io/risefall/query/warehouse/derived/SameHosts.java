package io.risefall.query.warehouse.derived;

import io.risefall.query.sql.PreparedStatements;
import io.risefall.query.sql.SqlFiles;
import io.risefall.query.warehouse.table.Row;
import io.risefall.query.warehouse.table.Staging;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.message.HealthMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Keeps which nodes are one host under two names, as a host that is {@code localhost} to one of its log daemons. Which lines
 * two nodes share is worked out in the spans of ten seconds that lines were written for, and the ones beside them; what
 * follows from that is decided anew whenever it can have changed, so it is a function of the lines. The rules stand in
 * {@code hosts/find.sql} and {@code hosts/decide.sql}. Called by the thread that writes, in its transaction.
 */
public final class SameHosts {
    /** Also in the SQL. */
    private static final Duration SPAN = Duration.ofSeconds(10);

    private static final long SPAN_MICROS = SPAN.toMillis() * 1000;

    private final DuckDBConnection connection;
    private final PreparedStatements statements;
    private final Staging hostSpans;

    public SameHosts(DuckDBConnection connection, PreparedStatements statements) {
        this.connection = connection;
        this.statements = statements;
        hostSpans = new Staging(connection, statements, "stage_host_spans", "span bigint");
    }

    /** Works them out for all lines. */
    public void workOut() throws SQLException {
        hostSpans.clear();
        statements.run("insert into stage_host_spans select distinct epoch_us(\"at\") // 10000000 from store.events"
                + " where kind = 'switch'");
        try (Statement statement = connection.createStatement();
                ResultSet range = statement.executeQuery("select min(span), max(span) from stage_host_spans")) {
            range.next();
            replace(range.getLong(1), range.getLong(2));
        }
    }

    /** Works them out again around lines that were just written. */
    public void written(List<HealthEvent> events) throws SQLException {
        TreeSet<Long> spans = new TreeSet<>();
        for (HealthEvent event : events) {
            if (event.message().kind() == HealthMessage.Kind.SWITCH) {
                long span = Math.floorDiv(event.at().getEpochSecond(), SPAN.toSeconds());
                spans.addAll(List.of(span - 1, span, span + 1));
            }
        }
        if (spans.isEmpty()) {
            return;
        }
        try (DuckDBAppender appender = hostSpans.fill()) {
            for (Long span : spans) {
                new Row(appender).whole(span).end();
            }
        }
        replace(spans.first(), spans.last());
    }

    private void replace(long first, long last) throws SQLException {
        statements.run("delete from store.host_copies where span in (select span from stage_host_spans)");
        statements.runFile("hosts/find.sql", (first - 1) * SPAN_MICROS, (last + 2) * SPAN_MICROS);
        try (Statement statement = connection.createStatement();
                ResultSet any = statement.executeQuery(
                        "select exists (from store.host_copies) or exists (from store.same_hosts)")) {
            if (any.next() && any.getBoolean(1)) {
                SqlFiles.run(connection, "hosts/decide.sql");
            }
        }
    }
}
