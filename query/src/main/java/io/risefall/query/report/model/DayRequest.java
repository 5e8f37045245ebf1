package io.risefall.query.report.model;

import io.risefall.query.sql.QueryException;
import io.risefall.query.text.Nearest;
import io.risefall.query.text.Printable;
import io.risefall.query.warehouse.RolePatterns;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which day's report is asked for.
 *
 * @param day the day
 * @param zone the zone that cuts it
 * @param roles which backends are role backends by wish; null: as the warehouse was told
 * @param node the only node to look at; null: all of them, as a fleet
 * @param forgottenAfter maintenance or drain that lasts so long is told of as perhaps forgotten
 */
public record DayRequest(
        LocalDate day,
        ZoneId zone,
        @Nullable RolePatterns roles,
        @Nullable String node,
        Duration forgottenAfter) {
    /** Work in a night ends by the next one. */
    public static final Duration FORGOTTEN_AFTER = Duration.ofHours(24);

    public DayRequest {
        Objects.requireNonNull(day, "day");
        Objects.requireNonNull(zone, "zone");
        if (forgottenAfter.isNegative() || forgottenAfter.isZero()) {
            throw new IllegalArgumentException("maintenance is not forgotten after " + forgottenAfter);
        }
    }

    /** All nodes, and what is usual. */
    public static DayRequest of(LocalDate day, ZoneId zone) {
        return new DayRequest(day, zone, null, null, FORGOTTEN_AFTER);
    }

    public DayRequest withRoles(@Nullable RolePatterns wished) {
        return new DayRequest(day, zone, wished, node, forgottenAfter);
    }

    public DayRequest withNode(@Nullable String only) {
        return new DayRequest(day, zone, roles, only, forgottenAfter);
    }

    public DayRequest withForgottenAfter(Duration after) {
        return new DayRequest(day, zone, roles, node, after);
    }

    /** Whether a node is looked at. */
    public boolean includes(@Nullable String one) {
        return node == null || node.equals(one);
    }

    /** Refuses a node that no line is of. */
    public void check(Collection<String> known) {
        if (node != null && !known.contains(node)) {
            throw new QueryException("no line is from a node " + Printable.of(node)
                    + (known.isEmpty()
                            ? "; no node is known yet"
                            : Nearest.hint(node, known) + "; known nodes: "
                                    + Printable.of(String.join(", ", new TreeSet<>(known)))));
        }
    }
}
