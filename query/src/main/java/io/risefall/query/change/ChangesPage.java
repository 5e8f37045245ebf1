package io.risefall.query.change;

import io.risefall.query.answer.AnswerPage;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.text.Counts;
import io.risefall.query.text.Printable;
import io.risefall.query.time.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was done, in words and in a table. */
final class ChangesPage {
    private static final String FORMAT = "risefall-changes/1";

    private static final List<String> HEAD =
            List.of("at", "node", "kind", "subject", "what", "proxy", "server", "pid", "source", "position");

    private static final List<String> NOTES = List.of(
            "A change is a fact of its time, not the cause of what follows.",
            "Only what HAProxy logs is here: not what a new configuration contains, and of weights only 0, which checks report"
                    + " with option log-health-checks.");

    private final ChangesRequest request;
    private final List<Change> changes;
    private final @Nullable Instant until;

    /**
     * @param changes the latest first
     * @param until where the log ends; null: there is none
     */
    ChangesPage(ChangesRequest request, List<Change> changes, @Nullable Instant until) {
        this.request = request;
        this.changes = changes;
        this.until = until;
    }

    /** All of it for programs. Fields are only added. */
    record Json(String format, String sentence, Instant fromAt, Instant toAt, String zone, List<Change> changes) {}

    AnswerPage page() {
        String sentence = sentence();
        return new AnswerPage(
                "Changes in " + request.since().words(),
                sentence,
                facts(),
                changes.isEmpty() ? List.of() : List.of(table()),
                NOTES,
                new Json(
                        FORMAT,
                        sentence,
                        request.since().at(),
                        request.now(),
                        request.zone().getId(),
                        changes),
                rows());
    }

    private String sentence() {
        String where = request.target().equals(ServerTarget.ALL) ? "" : " to " + request.target();
        if (changes.isEmpty()) {
            return "Nothing was done" + where + " in " + request.since().words() + ", as far as the log shows.";
        }
        Map<String, Long> kinds =
                changes.stream().collect(Collectors.groupingBy(Change::kind, TreeMap::new, Collectors.counting()));
        return Counts.plural(changes.size(), "change") + where + " in "
                + request.since().words() + ": "
                + kinds.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .map(kind -> Counts.grouped(kind.getValue()) + " " + Change.words(kind.getKey()))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private List<List<String>> facts() {
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of("Period", at(request.since().at()) + " to " + at(request.now())));
        if (until != null) {
            facts.add(List.of("Log until", at(until)));
        }
        facts.add(List.of(
                "SQL",
                "from changes where \"at\" >= timestamptz '" + request.since().at() + "'"));
        return facts;
    }

    private ReportTable table() {
        return new ReportTable(
                "The latest first",
                List.of(
                        ReportTable.left("time", 19),
                        ReportTable.left("node", 14),
                        ReportTable.left("change", 15),
                        ReportTable.left("of", 24),
                        ReportTable.left("what", 48)),
                changes.stream().map(this::cells).toList(),
                "");
    }

    private List<String> cells(Change change) {
        return List.of(
                new LocalTimes(LocalDate.ofInstant(request.now(), request.zone()), request.zone()).at(change.at()),
                orDash(change.node()),
                Change.words(change.kind()),
                orDash(change.subject()),
                Printable.of(change.what()));
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "–" : Printable.of(text);
    }

    private String at(Instant at) {
        return new LocalTimes(at.atZone(request.zone()).toLocalDate(), request.zone()).full(at);
    }

    private List<List<String>> rows() {
        List<Function<Change, @Nullable Object>> cells = List.of(
                Change::at,
                Change::node,
                Change::kind,
                Change::subject,
                Change::what,
                Change::proxy,
                Change::server,
                Change::pid,
                Change::source,
                Change::position);
        return Stream.concat(
                        Stream.of(HEAD),
                        changes.stream()
                                .map(change -> cells.stream()
                                        .map(cell -> cell.apply(change))
                                        .map(cell -> cell == null ? "" : cell.toString())
                                        .toList()))
                .toList();
    }
}
