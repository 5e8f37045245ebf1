package io.risefall.query.report.caveat;

import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.model.Period;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a node printed nothing, for longer than is its habit.
 *
 * @param node the HAProxy host
 * @param from the end of its last minute with a line
 * @param to the next minute with one; null while it lasts
 * @param durationMs how long; of one that lasts so far
 * @param habitMs of its usual pauses, one in a hundred is longer
 */
public record Silence(String node, Instant from, @Nullable Instant to, long durationMs, long habitMs) {
    private static final SqlQuery SILENCES = new SqlQuery("report/silences.sql");

    static List<Silence> read(Connection views, Period period, DayRequest request) throws SQLException {
        return SILENCES.query(views, Silence::silence, period.from(), period.to()).stream()
                .filter(silence -> request.includes(silence.node))
                .toList();
    }

    private static Silence silence(SqlQuery.Row row) throws SQLException {
        return new Silence(
                row.text("node"),
                row.at("from_us"),
                row.atOrNull("to_us"),
                row.number("duration_ms"),
                row.number("habit_ms"));
    }

    String words(LocalTimes times) {
        return node + " logged nothing, not even traffic, "
                + (to == null ? "since " + times.at(from) : "from " + times.at(from) + " to " + times.at(to)) + " ("
                + Durations.text(durationMs) + "; its usual pauses last up to " + Durations.text(habitMs)
                + "): HAProxy, its host or its log path was down. Servers that were up are unknown in that time.";
    }
}
