package io.risefall.query.report.caveat;

import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.model.Period;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.time.LocalTimes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time in which nobody wanted to be told of some servers. Their outages count all the same.
 *
 * @param servers of which
 * @param until not part of it
 * @param why anybody's words
 * @param author who did not want it; null: not known
 */
public record SilencedAlerts(
        ServerTarget servers,
        Instant from,
        Instant until,
        String why,
        @Nullable String author) {
    private static final SqlQuery SILENCES = new SqlQuery("report/alert_silences.sql");

    static List<SilencedAlerts> read(Connection views, Period period, DayRequest request) throws SQLException {
        return SILENCES.query(views, SilencedAlerts::silence, period.from(), period.to()).stream()
                .filter(silence -> silence.servers.node() == null || request.includes(silence.servers.node()))
                .toList();
    }

    private static SilencedAlerts silence(SqlQuery.Row row) throws SQLException {
        return new SilencedAlerts(
                new ServerTarget(row.text("proxy"), row.textOrNull("server"), row.textOrNull("node")),
                row.at("from_us"),
                row.at("until_us"),
                row.text("why"),
                row.textOrNull("author"));
    }

    String words(LocalTimes times) {
        return "Alerts of " + servers + " were silenced from " + times.at(from) + " to " + times.at(until)
                + (author == null ? "" : " by " + author) + " (" + why + "). This changes no number here.";
    }
}
