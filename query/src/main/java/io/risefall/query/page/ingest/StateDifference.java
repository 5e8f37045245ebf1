package io.risefall.query.page.ingest;

import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A server of which HAProxy told another state, when it was asked, than its log shows.
 *
 * @param told by HAProxy
 * @param recorded by its log
 * @param since when the log shows it
 */
public record StateDifference(
        Instant at, String node, String proxy, String server, String told, String recorded, Instant since) {
    static StateDifference of(SqlQuery.Row row) throws SQLException {
        return new StateDifference(
                row.at("at_us"),
                row.text("node"),
                row.text("proxy"),
                row.text("server"),
                row.text("told"),
                row.text("recorded"),
                row.at("since_us"));
    }
}
