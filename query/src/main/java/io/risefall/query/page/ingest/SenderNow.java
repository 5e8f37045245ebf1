package io.risefall.query.page.ingest;

import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;

/** Who sends to a listener: a row of the view {@code senders}. */
public record SenderNow(String source, String sender, long messages, long bytes, Instant lastAt) {
    static SenderNow of(SqlQuery.Row row) throws SQLException {
        return new SenderNow(
                row.text("source"), row.text("sender"), row.number("messages"), row.number("bytes"), row.at("last_us"));
    }
}
