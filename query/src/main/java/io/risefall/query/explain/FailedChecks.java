package io.risefall.query.explain;

import io.risefall.query.explain.line.EventRow;
import io.risefall.query.explain.model.LogLine;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines that were counted as failed checks of one reason.
 *
 * @param lines the first of them
 * @param all how many were counted
 */
public record FailedChecks(List<LogLine> lines, long all) {
    private static final SqlQuery FIRST = new SqlQuery("report/explain/first_failures.sql");

    private record Counted(String reason, long all, EventRow line) {}

    public FailedChecks {
        lines = List.copyOf(lines);
    }

    /** Those of each reason in a range of time, at most {@code most} lines of each, by reason. */
    public static Map<String, FailedChecks> first(
            Connection views, Instant from, Instant to, List<String> reasons, int most) throws SQLException {
        Map<String, FailedChecks> first = new HashMap<>();
        if (reasons.isEmpty()) {
            return first;
        }
        reasons.forEach(reason -> first.put(reason, new FailedChecks(List.of(), 0)));
        FIRST.query(
                        views,
                        row -> new Counted(row.text("of_reason"), row.number("of_all"), EventRow.read(row)),
                        from,
                        to,
                        reasons,
                        most)
                .forEach(one -> first.computeIfPresent(one.reason, (reason, known) -> known.with(one)));
        return first;
    }

    private FailedChecks with(Counted one) {
        List<LogLine> more = new ArrayList<>(lines);
        more.add(one.line.toLogLine(true, ReasonExplainer.why(one.line)));
        return new FailedChecks(more, one.all);
    }
}
