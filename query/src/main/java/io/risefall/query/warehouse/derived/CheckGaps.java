package io.risefall.query.warehouse.derived;

import io.risefall.query.sql.PreparedStatements;
import io.risefall.query.warehouse.table.Row;
import io.risefall.query.warehouse.table.Staging;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.message.CheckResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Keeps the table of the longest time between two checks of each backend and day, which the views only look up. What the lines of ten
 * minutes come to is kept for each process and server; lines that are written change that of their ten minutes, and of what follows
 * within a day only whom it follows. So a write costs what it touches, and neither the day's lines nor their order count. Called by the
 * thread that writes, in its transaction, after {@link Repeats}.
 */
public final class CheckGaps {
    /** A line can change which others repeat it within this. */
    private static final Duration REPEATS = Duration.ofSeconds(20);

    /** Also in the SQL. */
    private static final Duration SPAN = Duration.ofMinutes(10);

    /** A check that comes later than this follows none: also in the SQL. */
    private static final long SPANS_OF_A_DAY = Duration.ofDays(1).dividedBy(SPAN);

    /** So much at a time, so that the lines fit into memory. */
    private static final long SPANS_AT_A_TIME = 7 * SPANS_OF_A_DAY;

    private final DuckDBConnection connection;
    private final PreparedStatements statements;
    private final Staging touched;
    private final Staging found;

    private long workedOut;

    public CheckGaps(DuckDBConnection connection, PreparedStatements statements) {
        this.connection = connection;
        this.statements = statements;
        touched = new Staging(
                connection, statements, "stage_touched", "node varchar, proxy varchar, server varchar, span bigint");
        found = new Staging(
                connection,
                statements,
                "stage_check_spans",
                "node varchar, proxy varchar, server varchar, pid bigint, span bigint, first_ms bigint, first_place bigint,"
                        + " last_ms bigint, last_place bigint, within_ms bigint, gap_ms bigint");
    }

    /** How many spans of a process it has worked out: what its work grows with. */
    long workedOut() {
        return workedOut;
    }

    /** Works it out for all lines. */
    public void workOut() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("delete from store.check_spans");
            statement.execute("delete from store.check_gaps");
            long first;
            long last;
            try (ResultSet range = statement.executeQuery("select min(epoch_us(\"at\") // 600000000),"
                    + " max(epoch_us(\"at\") // 600000000), count(*) from store.events where kind = 'check'")) {
                range.next();
                if (range.getLong(3) == 0) {
                    return;
                }
                first = range.getLong(1);
                last = range.getLong(2);
            }
            for (long from = first; from <= last; from += SPANS_AT_A_TIME) {
                long to = Math.min(last, from + SPANS_AT_A_TIME - 1);
                touched.clear();
                statements.runFile("check_gaps/touch.sql", from, to);
                replace(from, to);
            }
        }
    }

    /** Works it out again around lines that were just written. */
    public void written(List<HealthEvent> events) throws SQLException {
        TreeMap<Long, Set<Checked>> spans = new TreeMap<>();
        for (HealthEvent event : events) {
            if (event.message() instanceof CheckResult check) {
                Checked checked = new Checked(
                        event.node(), check.server().proxy(), check.server().server());
                for (Instant at : List.of(event.at().minus(REPEATS), event.at().plus(REPEATS))) {
                    long span = Math.floorDiv(at.getEpochSecond(), SPAN.toSeconds());
                    spans.computeIfAbsent(span, any -> new HashSet<>()).add(checked);
                }
            }
        }
        // Late lines apart from the others, so that nothing is read of the time between.
        List<Long> together = new ArrayList<>();
        for (Long span : spans.keySet()) {
            if (!together.isEmpty() && span > together.get(together.size() - 1) + SPANS_OF_A_DAY) {
                replace(spans, together);
                together.clear();
            }
            together.add(span);
        }
        if (!together.isEmpty()) {
            replace(spans, together);
        }
    }

    private void replace(Map<Long, Set<Checked>> spans, List<Long> together) throws SQLException {
        try (DuckDBAppender appender = touched.fill()) {
            for (Long span : together) {
                for (Checked one : spans.getOrDefault(span, Set.of())) {
                    new Row(appender)
                            .text(one.node)
                            .text(one.proxy)
                            .text(one.server)
                            .whole(span)
                            .end();
                }
            }
        }
        replace(together.get(0), together.get(together.size() - 1));
    }

    private void replace(long first, long last) throws SQLException {
        found.clear();
        workedOut += statements.runFile("check_gaps/find.sql", first, last);
        statements.runFile("check_gaps/forget.sql", first, last);
        statements.runFile("check_gaps/keep.sql");
        statements.runFile("check_gaps/forget_days.sql", first, last);
        statements.runFile("check_gaps/keep_days.sql", first, last);
    }

    private record Checked(String node, String proxy, String server) {}
}
