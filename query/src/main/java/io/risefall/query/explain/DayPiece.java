package io.risefall.query.explain;

import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One state interval of a server as far as it lies in a day.
 *
 * @param state the state; {@code unknown} also where no interval covers the time
 * @param cause what began it, as in the view {@code states}; where no interval is, why, in words
 * @param from when it began, perhaps before the day; null where no interval is
 * @param to when it ended, perhaps after the day; null while it lasts, and where no interval is
 * @param until until when the log tells of it
 * @param fromMs its begin within the day, in milliseconds since 1970
 * @param toMs its end within the day
 * @param nextState into what it turned; null where nothing followed
 * @param nextCause why
 * @param causeBefore what began the interval before it; null for the first
 */
record DayPiece(
        String state,
        String cause,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Instant until,
        long fromMs,
        long toMs,
        @Nullable String nextState,
        @Nullable String nextCause,
        @Nullable String causeBefore) {

    static DayPiece read(SqlQuery.Row row) throws SQLException {
        return new DayPiece(
                row.text("state"),
                row.text("cause"),
                row.at("from_us"),
                row.atOrNull("to_us"),
                row.at("until_us"),
                row.number("from_ms"),
                row.number("to_ms"),
                row.textOrNull("next_state"),
                row.textOrNull("next_cause"),
                row.textOrNull("cause_before"));
    }

    /**
     * Time that no interval covers.
     *
     * @param why in words
     */
    static DayPiece hole(long fromMs, long toMs, String why) {
        return new DayPiece("unknown", why, null, null, null, fromMs, toMs, null, null, null);
    }

    long ms() {
        return toMs - fromMs;
    }
}
