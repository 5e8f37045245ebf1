package io.risefall.query.report.caveat;

import static io.risefall.query.text.Counts.plural;

import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.model.Period;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.time.LocalTimes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Counts of a backend that do not follow from the lines before them.
 *
 * @param node the HAProxy host
 * @param proxy the backend
 * @param pid the process that counted
 * @param from the last line whose counts agreed
 * @param to the line whose counts did not
 * @param missing how many changes of servers no line tells of, at least
 * @param expected usable servers as the lines before tell
 * @param seen usable servers as the line says
 * @param absence whether Risefall was away within it
 */
public record CountMismatch(
        String node,
        String proxy,
        long pid,
        Instant from,
        Instant to,
        long missing,
        Servers expected,
        Servers seen,
        boolean absence) {
    private static final SqlQuery LOSSES = new SqlQuery("report/losses.sql");

    static List<CountMismatch> read(Connection views, Period period, DayRequest request) throws SQLException {
        return LOSSES.query(views, CountMismatch::lost, period.from(), period.to()).stream()
                .filter(lost -> request.includes(lost.node))
                .toList();
    }

    private static CountMismatch lost(SqlQuery.Row row) throws SQLException {
        return new CountMismatch(
                row.text("node"),
                row.text("proxy"),
                row.number("pid"),
                row.at("from_us"),
                row.at("to_us"),
                row.number("missing"),
                new CountMismatch.Servers(row.count("expected_active"), row.count("expected_backup")),
                new CountMismatch.Servers(row.count("seen_active"), row.count("seen_backup")),
                row.flag("absence"));
    }

    /** How many servers are usable. */
    public record Servers(int active, int backup) {
        private String words() {
            return active + " active" + (backup > 0 ? " and " + backup + " backup" : "");
        }
    }

    String words(LocalTimes times) {
        return proxy + " on " + node + " (process " + pid + "), " + times.at(from) + " to " + times.at(to) + ": "
                + plural(missing, "change") + ", " + seen.words() + " where the lines before give " + expected.words()
                + (absence ? "; Risefall was away for part of this time" : "");
    }
}
