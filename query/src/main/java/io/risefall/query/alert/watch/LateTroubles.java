package io.risefall.query.alert.watch;

import io.risefall.query.alert.engine.TroubleChange;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Outages that were over before the first line came that tells of them: nobody saw them last. Used by one thread. */
final class LateTroubles {
    private static final SqlQuery LATE = new SqlQuery("alert/late.sql");

    /** What is over can wait. */
    private static final Duration EVERY = Duration.ofSeconds(10);
    /** Lines become outages a while after they came. What is told twice changes nothing. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);
    /** As far back as alerts that are over are corrected: what came while Risefall was started anew. */
    private static final Duration AT_FIRST = Duration.ofHours(1);

    private @Nullable Instant askedAt;

    boolean isDue(Instant now) {
        return askedAt == null || !now.isBefore(askedAt.plus(EVERY));
    }

    /**
     * Those of which lines came since it was asked last.
     *
     * @param since when they began at the earliest
     * @param roles backends of which a DOWN tells nothing, as {@code node/proxy}
     */
    List<TroubleChange> outages(Connection warehouse, Instant since, Set<String> roles, Instant now)
            throws SQLException {
        Instant came = askedAt == null ? now.minus(AT_FIRST) : askedAt.minus(OVERLAP);
        askedAt = now;
        return LATE.query(warehouse, row -> change(row, roles), came, since);
    }

    private static TroubleChange change(SqlQuery.Row row, Set<String> roles) throws SQLException {
        String by = row.textOrNull("ended_by");
        return TroubleChange.over(
                TroubleRows.of(row, roles.contains(row.text("node") + "/" + row.text("proxy"))),
                row.at("ended_us"),
                by == null ? TroubleChange.UNKNOWN : by);
    }
}
