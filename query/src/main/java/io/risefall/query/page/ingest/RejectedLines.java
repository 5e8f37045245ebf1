package io.risefall.query.page.ingest;

import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Health lines of a source that could not be read, for one reason.
 *
 * @param lastAt when the latest of them was received
 * @param example that line
 */
public record RejectedLines(String source, String why, long lines, Instant lastAt, String example) {
    static RejectedLines of(SqlQuery.Row row) throws SQLException {
        return new RejectedLines(
                row.text("source"), row.text("why"), row.number("lines"), row.at("last_us"), row.text("example"));
    }
}
