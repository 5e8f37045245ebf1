package io.risefall.query.page.now;

import io.risefall.query.report.model.Period;
import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A HAProxy host.
 *
 * @param lastAt its latest line
 * @param until until when its log tells: its source was read up to then; null: nobody reads it any more
 * @param silent whether it says less than it used to
 */
public record NodeNow(String node, Instant lastAt, @Nullable Instant until, boolean silent) {
    static NodeNow read(SqlQuery.Row row) throws SQLException {
        return new NodeNow(row.text("node"), row.at("last_us"), row.atOrNull("until_us"), row.flag("silent"));
    }

    /** Whether its log tells of this moment. */
    public boolean isHeard(Instant now) {
        return until != null && Period.isFresh(until, now);
    }
}
