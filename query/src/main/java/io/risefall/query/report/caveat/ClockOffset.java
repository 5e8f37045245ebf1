package io.risefall.query.report.caveat;

import io.risefall.query.report.model.DayRequest;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.time.Durations;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * A node whose timestamps are far from the arrival of its lines.
 *
 * @param behindMs by how much they are behind; negative where they are ahead
 */
record ClockOffset(String node, long behindMs) {
    private static final SqlQuery CLOCKS = new SqlQuery("report/clocks.sql");

    /** By name of the node. */
    static List<ClockOffset> read(Connection views, DayRequest request) throws SQLException {
        return CLOCKS.query(views, row -> new ClockOffset(row.text("node"), row.number("behind"))).stream()
                .filter(clock -> request.includes(clock.node))
                .sorted(Comparator.comparing(ClockOffset::node))
                .toList();
    }

    String words() {
        return "The timestamps of " + node + " are "
                + Durations.text(wholeMinutes(Math.abs(behindMs))) + (behindMs > 0 ? " behind" : " ahead of")
                + " the arrival of its lines (now): its clock or zone is wrong, "
                + (behindMs > 0 ? "or its lines are delayed on the way" : "or the clock of Risefall's host")
                + ". Times here are as logged.";
    }

    /** Zones are whole minutes apart, and a stamp of whole seconds would make a minute less of them. */
    private static long wholeMinutes(long millis) {
        long minute = Duration.ofMinutes(1).toMillis();
        return millis < Duration.ofMinutes(10).toMillis() ? millis : Math.round((double) millis / minute) * minute;
    }
}
