package io.risefall.query.warehouse.derived;

import io.risefall.query.sql.SqlFiles;
import io.risefall.query.warehouse.table.Row;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.message.CheckResult;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Keeps the table of the longest time between two checks of each backend and day. A day is worked out again where lines were written
 * for it or for the day before. The views only look it up, as to find it means sorting all check lines. Called by the thread that
 * writes, in its transaction, after {@link Repeats}.
 */
public final class CheckGaps {
    /** A line can change which others repeat it within this. */
    private static final Duration REPEATS = Duration.ofSeconds(20);

    /** So many days at a time, so that their lines fit into memory. */
    private static final int DAYS_AT_A_TIME = 7;

    private static final String FIND = SqlFiles.read("check_gaps/find.sql");

    private final DuckDBConnection connection;

    public CheckGaps(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** Works it out for all lines. */
    public void workOut() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            LocalDate first;
            LocalDate last;
            try (ResultSet range = statement.executeQuery("select min(\"at\" at time zone 'UTC')::date::varchar,"
                    + " max(\"at\" at time zone 'UTC')::date::varchar from store.events where kind = 'check'")) {
                range.next();
                if (range.getString(1) == null) {
                    return;
                }
                first = LocalDate.parse(range.getString(1));
                last = LocalDate.parse(range.getString(2));
            }
            for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(DAYS_AT_A_TIME)) {
                stage(statement);
                statement.execute("insert into stage_check_days select distinct node, proxy,"
                        + " (\"at\" at time zone 'UTC')::date from store.events where kind = 'check' and \"at\" >= timestamptz '"
                        + day + " 00:00:00+00' and \"at\" < timestamptz '" + day.plusDays(DAYS_AT_A_TIME)
                        + " 00:00:00+00'");
                replace(statement);
            }
        }
    }

    /** Works it out again for the days of lines that were just written. */
    public void written(List<HealthEvent> events) throws SQLException {
        Set<Touched> days = new HashSet<>();
        for (HealthEvent event : events) {
            if (event.message() instanceof CheckResult check) {
                for (Instant at : List.of(event.at().minus(REPEATS), event.at().plus(REPEATS))) {
                    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
                    days.add(new Touched(event.node(), check.proxy(), day));
                    days.add(new Touched(event.node(), check.proxy(), day.plusDays(1)));
                }
            }
        }
        if (days.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            stage(statement);
            try (DuckDBAppender appender = connection.createAppender("temp", "main", "stage_check_days")) {
                for (Touched one : days) {
                    new Row(appender)
                            .text(one.node)
                            .text(one.proxy)
                            .day(one.day)
                            .end();
                }
            }
            replace(statement);
        }
    }

    private static void stage(Statement statement) throws SQLException {
        statement.execute("create or replace temp table stage_check_days (node varchar, proxy varchar, day date)");
    }

    private void replace(Statement statement) throws SQLException {
        SqlFiles.run(connection, "check_gaps/forget.sql");
        long from;
        long to;
        try (ResultSet range = statement.executeQuery("select epoch_us((min(day) - interval 1 day)::timestamp),"
                + " epoch_us((max(day) + interval 1 day)::timestamp) from stage_check_days")) {
            range.next();
            from = range.getLong(1);
            to = range.getLong(2);
        }
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setLong(1, from);
            find.setLong(2, to);
            find.execute();
        }
    }

    private record Touched(String node, String proxy, LocalDate day) {}
}
