package io.risefall.query.page.ingest;

import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;

/** A time in which nobody listened to a source that cannot send again: a row of the view {@code absences}. */
public record NotListening(String source, Instant from, Instant to, long lengthMs, String why) {
    static NotListening of(SqlQuery.Row row) throws SQLException {
        return new NotListening(
                row.text("source"), row.at("from_us"), row.at("to_us"), row.number("ms"), row.text("why"));
    }
}
