package io.risefall.query.report.caveat;

import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.model.Period;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The health lines of the period. */
public record LineCounts(
        long events,
        @Nullable Instant firstAt,
        @Nullable Instant lastAt,
        long withoutPid,
        long downs,
        long ups,
        boolean everUp) {
    private static final SqlQuery LINES = new SqlQuery("report/lines.sql");

    static LineCounts read(Connection views, Period period, DayRequest request) throws SQLException {
        return LINES.query(views, LineCounts::lines, period.from(), period.to(), request.node())
                .get(0);
    }

    private static LineCounts lines(SqlQuery.Row row) throws SQLException {
        return new LineCounts(
                row.number("events"),
                row.atOrNull("first_us"),
                row.atOrNull("last_us"),
                row.number("without_pid"),
                row.number("downs"),
                row.number("ups"),
                row.flag("ever_up"));
    }
}
