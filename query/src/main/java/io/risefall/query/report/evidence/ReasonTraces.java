package io.risefall.query.report.evidence;

import io.risefall.query.explain.FailedChecks;
import io.risefall.query.explain.model.Explanation.Part;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.ReasonHour;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The first lines of each reason for which checks failed. */
record ReasonTraces(TraceList traces) {
    private static final int LINES_OF_A_REASON = 5;

    /**
     * Adds them.
     *
     * @param withLines of how many reasons the lines are read
     */
    void add(Connection views, List<ReasonHour> hours, int withLines) throws SQLException {
        Map<String, List<ReasonHour>> byReason = hours.stream()
                .collect(Collectors.groupingBy(ReasonHour::reason, LinkedHashMap::new, Collectors.toList()));
        Period period = traces.period();
        Map<String, FailedChecks> first = FailedChecks.first(
                views,
                period.day().atStartOfDay(period.zone()).toInstant(),
                period.day().plusDays(1).atStartOfDay(period.zone()).toInstant(),
                byReason.keySet().stream().limit(withLines).toList(),
                LINES_OF_A_REASON);
        byReason.forEach((reason, own) -> {
            FailedChecks checks = first.get(reason);
            add(reason, own, checks == null ? List.of() : List.of(part(checks)));
        });
    }

    private void add(String reason, List<ReasonHour> hours, List<Part> parts) {
        traces.add(
                reason,
                "lines-reason-" + reason,
                reason + ": failed checks of all servers",
                List.of(
                        "failed checks = "
                                + terms(hours.stream().map(ReasonHour::failures).toList()),
                        "led to DOWN = "
                                + terms(hours.stream().map(ReasonHour::downs).toList())),
                parts,
                List.of(),
                traces.command(traces.period().day() + " " + reason + " failures"));
    }

    private static Part part(FailedChecks checks) {
        return new Part(
                "",
                List.of("by hour, reason and code; the first lines:"),
                checks.lines(),
                checks.all() - checks.lines().size());
    }

    private static String terms(List<Long> terms) {
        long sum = terms.stream().mapToLong(Long::longValue).sum();
        return terms.size() == 1
                ? String.valueOf(sum)
                : terms.stream().map(String::valueOf).collect(Collectors.joining(" + ")) + " = " + sum;
    }
}
