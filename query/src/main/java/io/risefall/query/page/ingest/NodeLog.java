package io.risefall.query.page.ingest;

import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log of a HAProxy host; the columns of the view {@code nodes} say what its parts are.
 *
 * @param sources those that have its lines, the latest first
 */
public record NodeLog(
        String node,
        List<String> sources,
        Instant lastAt,
        boolean silent,
        @Nullable Long clockBehindMs,
        @Nullable Long habitMs,
        long behind,
        @Nullable Instant behindSince,
        long lost,
        long tooLate,
        @Nullable String sameAs) {
    /** Relays and queues make a line later than it was printed; by no more than this they are not thought to be wrong. */
    private static final long RIGHT_MS = 5_000;

    public NodeLog {
        sources = List.copyOf(sources);
    }

    static NodeLog of(SqlQuery.Row row) throws SQLException {
        return new NodeLog(
                row.text("node"),
                row.texts("sources"),
                row.at("last_us"),
                row.flag("silent"),
                row.numberOrNull("clock_behind_ms"),
                row.numberOrNull("habit_ms"),
                row.number("behind"),
                row.atOrNull("behind_us"),
                row.number("lost"),
                row.number("too_late"),
                row.textOrNull("same_as"));
    }

    /** Whether its stamps are further off than the way of its lines explains. */
    public boolean isClockWrong() {
        return clockBehindMs != null && Math.abs(clockBehindMs) > RIGHT_MS;
    }
}
