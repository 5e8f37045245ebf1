package io.risefall.query.budget;

import io.risefall.query.answer.AnswerPage;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.text.Counts;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Budgets in words and tables. */
final class BudgetPage {
    private final BudgetRequest request;
    private final List<BudgetRow> rows;
    private final int nodes;
    private final ZoneId zone;
    private final Instant asOf;

    /**
     * @param rows worst first; at least one
     * @param nodes how many load balancers know what is asked for
     */
    BudgetPage(BudgetRequest request, List<BudgetRow> rows, int nodes) {
        this.request = request;
        this.rows = rows;
        this.nodes = nodes;
        zone = request.period().zone();
        asOf = rows.get(0).asOf();
    }

    AnswerPage page() {
        String sentence = new BudgetSentence(request.period().words(), rows).text();
        List<String> notes = notes();
        Budget json = new Budget(
                Budget.FORMAT,
                sentence,
                request.slo(),
                request.period().from(),
                request.period().to(),
                zone.getId(),
                asOf,
                rule(),
                sql(),
                rows,
                notes);
        return new AnswerPage(
                "Error budget of " + request.period().words() + " at "
                        + request.slo().toPlainString() + " %",
                sentence,
                facts(),
                tables(),
                notes,
                json,
                BudgetCsv.rows(rows));
    }

    private List<List<String>> facts() {
        BudgetPeriod period = request.period();
        long hours = ChronoUnit.HOURS.between(period.from(), period.to());
        return List.of(
                List.of("Period", at(period.from()) + " to " + at(period.to()) + ", " + Counts.plural(hours, "hour")),
                List.of(
                        "As of",
                        at(asOf) + (asOf.isBefore(period.to()) ? ", where the log ends" : ", the end of the period")),
                List.of("Counted", rule()),
                List.of("SQL", sql()));
    }

    private String at(Instant at) {
        return new LocalTimes(at.atZone(zone).toLocalDate(), zone).full(at);
    }

    private String rule() {
        String node = request.target().node();
        if (node != null) {
            return "what " + node + " saw";
        }
        return nodes == 1
                ? "what the one load balancer saw"
                : "each server once: it is down while any of " + Counts.loadBalancers(nodes)
                        + " sees it down, and a backend is without a server while any of them has none";
    }

    private String sql() {
        String node = request.target().node();
        return "from budget_in(" + request.slo().toPlainString() + ", timestamptz '"
                + request.period().from() + "', timestamptz '"
                + request.period().to() + "'"
                + (node == null ? "" : ", of_node := '" + node.replace("'", "''") + "'") + ")";
    }

    private List<ReportTable> tables() {
        List<ReportTable> tables = new ArrayList<>();
        add(tables, BudgetRow.BACKEND, "Backends: time without any server", "backend");
        add(tables, BudgetRow.CAPACITY, "Backends: capacity, the share of servers that were down", "backend");
        add(tables, BudgetRow.SERVER, "Servers: time down", "server");
        return tables;
    }

    private void add(List<ReportTable> tables, String kind, String title, String head) {
        List<BudgetRow> ofKind =
                rows.stream().filter(row -> row.kind().equals(kind)).toList();
        if (!ofKind.isEmpty()) {
            tables.add(new ReportTable(
                    title,
                    List.of(
                            ReportTable.left(head, 24),
                            ReportTable.right("allowed", 11),
                            ReportTable.right("spent", 11),
                            ReportTable.right("at most", 11),
                            ReportTable.right("left", 12),
                            ReportTable.right("left %", 9),
                            ReportTable.right("burn 1 h", 8),
                            ReportTable.right("burn 6 h", 8),
                            ReportTable.left("gone", 19)),
                    ofKind.stream().map(this::cells).toList(),
                    ""));
        }
    }

    private List<String> cells(BudgetRow row) {
        return List.of(
                row.name(),
                Durations.text(row.allowedMs()),
                Durations.text(row.spentMs()),
                row.spentHighMs() == row.spentMs() ? "" : Durations.text(row.spentHighMs()),
                Durations.text(row.leftMs()),
                BudgetSentence.percent(row.left()),
                rate(row.burn1h()),
                rate(row.burn6h()),
                row.goneAt() == null ? "–" : gone(row, row.goneAt()));
    }

    private String gone(BudgetRow row, Instant goneAt) {
        String day = goneAt.atZone(zone).toLocalDate().toString();
        return row.isSpent() ? "since " + day : day;
    }

    private static String rate(@Nullable Double burn) {
        return burn == null ? "–" : BudgetSentence.number(burn);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add(
                "burn 1 h and burn 6 h: spending in the last hour and in the last six hours, against even spending; at 1 the budget"
                        + " lasts exactly as long as the period. gone: the day on which it was spent, or will be at the rate of the"
                        + " last six hours.");
        if (rows.stream().anyMatch(row -> row.spentHighMs() > row.spentMs() || row.spentLowMs() < row.spentMs())) {
            notes.add(
                    "The log does not know everything (silences, absences, reloads, lost lines): at most is what is spent if"
                            + " all of that was time down. --format json and csv have the least too.");
        }
        long later = rows.stream()
                .filter(row -> row.fromAt().isAfter(request.period().from()))
                .count();
        if (later > 0) {
            notes.add(Counts.plural(later, "budget") + (later == 1 ? " counts" : " count")
                    + " from later than the period begins, as no earlier line tells the state: "
                    + (later == 1 ? "it is" : "they are") + " of the time since, and as much smaller.");
        }
        long some = rows.stream().filter(row -> row.forSomeMs() > 0).count();
        if (some > 0) {
            notes.add(
                    "Of " + Counts.plural(some, "budget")
                            + " a part was spent while only some load balancers saw it down: column for_some_ms of --format json.");
        }
        return notes;
    }
}
