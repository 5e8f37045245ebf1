package io.risefall.query.whatif;

import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An outage as the view has it.
 *
 * @param reason HAProxy's short code; empty: none
 * @param reasonText the same in words; {@code changed from CLI} if an operator forced it
 * @param via the tracked server that caused it; null: none
 */
record LoggedOutage(
        String id,
        Instant startedAt,
        @Nullable Instant endedAt,
        String reason,
        String reasonText,
        boolean agent,
        @Nullable String via) {
    /** The check line and the DOWN line are printed together. */
    private static final Duration TOGETHER = Duration.ofSeconds(1);

    static LoggedOutage of(SqlQuery.Row row) throws SQLException {
        return new LoggedOutage(
                row.text("outage_id"),
                row.at("started_us"),
                row.atOrNull("ended_us"),
                row.text("reason"),
                row.text("reason_text"),
                row.flag("agent"),
                row.textOrNull("via"));
    }

    boolean beginsWith(LoggedCheck line) {
        return isTogether(startedAt, line.at()) && !agent && via == null;
    }

    static boolean isTogether(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(TOGETHER) <= 0;
    }

    boolean isForced() {
        return reasonText.startsWith("changed from");
    }
}
