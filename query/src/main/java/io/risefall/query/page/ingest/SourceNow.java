package io.risefall.query.page.ingest;

import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A source, such as a file or a listener; the columns of the view {@code ingest} say what its counts are.
 *
 * @param live whether all that is there was read at most half a minute ago
 * @param followed whether it was being followed when it was last heard of
 * @param asOf read up to then
 * @param lastAt when its latest message came, or what its latest line says; null: none has come
 */
public record SourceNow(
        String source,
        boolean live,
        boolean followed,
        Instant asOf,
        @Nullable Instant lastAt,
        long received,
        long events,
        long traffic,
        long foreign,
        long repeats,
        long rejected,
        long unknownHeader,
        long waiting,
        long dropped,
        long lost,
        long absences,
        long absentMs,
        @Nullable String levelCap) {
    static SourceNow of(SqlQuery.Row row) throws SQLException {
        return new SourceNow(
                row.text("source"),
                row.flag("live"),
                row.flag("followed"),
                row.at("as_of_us"),
                row.atOrNull("last_us"),
                row.number("received"),
                row.number("events"),
                row.number("traffic"),
                row.number("foreign_lines"),
                row.number("repeats"),
                row.number("rejected"),
                row.number("unknown_header"),
                row.number("waiting"),
                row.number("dropped"),
                row.number("lost"),
                row.number("absences"),
                row.number("absent_ms"),
                row.textOrNull("level_cap"));
    }
}
