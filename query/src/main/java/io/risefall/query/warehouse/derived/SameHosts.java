package io.risefall.query.warehouse.derived;

import io.risefall.query.sql.SqlFiles;
import io.risefall.query.warehouse.table.Row;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.message.HealthMessage;
import java.sql.PreparedStatement;
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

    public SameHosts(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** Works them out for all lines. */
    public void workOut() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            stage(statement);
            statement.execute(
                    "insert into stage_host_spans select distinct epoch_us(\"at\") // 10000000 from store.events"
                            + " where kind = 'switch'");
        }
        replace();
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
        try (Statement statement = connection.createStatement()) {
            stage(statement);
        }
        try (DuckDBAppender appender = connection.createAppender("temp", "main", "stage_host_spans")) {
            for (Long span : spans) {
                new Row(appender).whole(span).end();
            }
        }
        replace();
    }

    private static void stage(Statement statement) throws SQLException {
        statement.execute("create or replace temp table stage_host_spans (span bigint)");
    }

    private void replace() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet range = statement.executeQuery("select min(span), max(span) from stage_host_spans");
                PreparedStatement find = connection.prepareStatement(SqlFiles.read("hosts/find.sql"))) {
            range.next();
            find.setLong(1, (range.getLong(1) - 1) * SPAN_MICROS);
            find.setLong(2, (range.getLong(2) + 2) * SPAN_MICROS);
            statement.execute("delete from store.host_copies where span in (select span from stage_host_spans)");
            find.execute();
        }
        try (Statement statement = connection.createStatement();
                ResultSet any = statement.executeQuery(
                        "select exists (from store.host_copies) or exists (from store.same_hosts)")) {
            if (any.next() && any.getBoolean(1)) {
                SqlFiles.run(connection, "hosts/decide.sql");
            }
        }
    }
}
