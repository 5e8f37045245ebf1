package io.risefall.query.whatif;

import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A logged health check.
 *
 * @param pid the process; null if the line has none
 * @param health n of n/m: checks that may still fail, or while down, that have passed
 * @param threshold m of n/m: fall, or while down, rise
 * @param down whether the server is down by its health checks after this one
 * @param first whether it is the first one of its process about this server
 */
record LoggedCheck(
        Instant at,
        @Nullable Long pid,
        boolean passed,
        String reason,
        int health,
        int threshold,
        boolean down,
        long durationMs,
        String source,
        long position,
        boolean first) {
    /** HAProxy's word where traffic, and no check, counted as failed. */
    private static final String OBSERVED = "HANA";

    static LoggedCheck of(SqlQuery.Row row) throws SQLException {
        return new LoggedCheck(
                row.at("at_us"),
                row.numberOrNull("pid"),
                row.flag("passed"),
                row.text("reason"),
                row.count("health"),
                row.count("threshold"),
                row.flag("down"),
                row.number("duration_ms"),
                row.text("source"),
                row.number("position"),
                row.flag("first"));
    }

    /** Every further check that passes is not logged. */
    boolean isFull() {
        return !down && health == threshold;
    }

    /** Every further check that fails is not logged, unless for another reason. */
    boolean isEmpty() {
        return down && health == 0;
    }

    boolean isOfTraffic() {
        return reason.equals(OBSERVED);
    }

    boolean isOfProcess(LoggedCheck other) {
        return Objects.equals(pid, other.pid);
    }

    /** Whether HAProxy prints this after {@code before}, if no line is missing. */
    boolean follows(LoggedCheck before) {
        if (before.down) {
            return passed
                    ? (down
                            ? health == before.health + 1 && health < threshold
                            : isFull() && before.health + 1 == before.threshold)
                    : isEmpty();
        }
        if (passed) {
            return isFull();
        }
        return down ? isEmpty() && before.health == 1 : health == before.health - 1 && threshold == before.threshold;
    }
}
