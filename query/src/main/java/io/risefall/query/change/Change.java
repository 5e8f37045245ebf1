package io.risefall.query.change;

import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that was done: a row of the view {@code changes}, whose columns say what its parts are. */
public record Change(
        Instant at,
        @Nullable String node,
        String kind,
        @Nullable String subject,
        String what,
        @Nullable String proxy,
        @Nullable String server,
        @Nullable Long pid,
        @Nullable String source,
        @Nullable Long position) {
    static Change of(SqlQuery.Row row) throws SQLException {
        return new Change(
                row.at("at_us"),
                row.textOrNull("node"),
                row.text("kind"),
                row.textOrNull("subject"),
                row.text("what"),
                row.textOrNull("proxy"),
                row.textOrNull("server"),
                row.numberOrNull("pid"),
                row.textOrNull("source"),
                row.numberOrNull("position"));
    }
}
