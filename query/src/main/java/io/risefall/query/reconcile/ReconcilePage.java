package io.risefall.query.reconcile;

import io.risefall.query.answer.AnswerPage;
import io.risefall.query.reconcile.ComparedValue.Verdict;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.text.Counts;
import io.risefall.query.text.Printable;
import io.risefall.query.time.LocalTimes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A comparison in words and tables. */
public final class ReconcilePage {
    private static final String FORMAT = "risefall-reconcile/1";

    private static final List<String> HEAD = List.of("proxy", "server", "of", "haproxy", "risefall", "verdict", "why");

    private static final List<String> NOTES = List.of(
            "HAProxy's counters begin anew with each process, so also after a reload; compared is only the time since then.",
            "HAProxy counts in whole seconds: down times may differ by a second at each end of an outage.");

    private final Reconciliation reconciliation;
    private final ZoneId zone;

    public ReconcilePage(Reconciliation reconciliation, ZoneId zone) {
        this.reconciliation = reconciliation;
        this.zone = zone;
    }

    /** All of it for programs. Fields are only added. */
    record Json(
            String format,
            String sentence,
            String node,
            @Nullable String version,
            @Nullable Long pid,
            Instant begunAt,
            Instant takenAt,
            Instant knownUntil,
            List<ComparedValue> findings) {}

    public AnswerPage page() {
        HaproxyCounters counters = reconciliation.counters();
        RecordedStates recorded = reconciliation.recorded();
        return new AnswerPage(
                "HAProxy's counters and Risefall's",
                sentence(),
                facts(),
                Stream.of(
                                table("These differ, and nothing known explains it", Verdict.DIFFERS),
                                table("These are explained", Verdict.EXPLAINED))
                        .filter(table -> !table.rows().isEmpty())
                        .toList(),
                NOTES,
                new Json(
                        FORMAT,
                        sentence(),
                        recorded.node(),
                        counters.version(),
                        counters.pid(),
                        Objects.requireNonNull(counters.begunAt()),
                        counters.takenAt(),
                        recorded.knownUntil(),
                        reconciliation.findings()),
                rows());
    }

    private String sentence() {
        long differ = reconciliation.count(Verdict.DIFFERS);
        String compared = Counts.plural(reconciliation.findings().size(), "value") + " of "
                + Counts.servers(reconciliation.counters().servers().size());
        String explained = Counts.grouped(reconciliation.count(Verdict.EXPLAINED)) + " explained";
        return differ == 0
                ? compared + " compared: all agree, " + explained + "."
                : compared + " compared: " + Counts.grouped(differ) + " differ, " + explained + ".";
    }

    private List<List<String>> facts() {
        HaproxyCounters counters = reconciliation.counters();
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of(
                "HAProxy",
                (counters.version() == null ? "version not known" : counters.version())
                        + (counters.pid() == null ? "" : ", process " + counters.pid()) + ", since "
                        + at(Objects.requireNonNull(counters.begunAt()))));
        facts.add(List.of("Node", reconciliation.recorded().node()));
        facts.add(List.of("Asked at", at(counters.takenAt())));
        facts.add(List.of("Log until", at(reconciliation.recorded().knownUntil())));
        return facts;
    }

    private String at(Instant at) {
        return new LocalTimes(at.atZone(zone).toLocalDate(), zone).full(at);
    }

    private ReportTable table(String title, Verdict verdict) {
        return new ReportTable(
                title,
                List.of(
                        ReportTable.left("server", 20),
                        ReportTable.left("of", 10),
                        ReportTable.left("HAProxy", 12),
                        ReportTable.left("Risefall", 10),
                        ReportTable.left("why", 40)),
                reconciliation.of(verdict).stream().map(ReconcilePage::cells).toList(),
                "");
    }

    private static List<String> cells(ComparedValue finding) {
        return List.of(
                Printable.of(finding.proxy() + "/" + finding.server()),
                finding.of().words(),
                Printable.of(finding.expected()),
                finding.found(),
                Printable.of(finding.why()));
    }

    private List<List<String>> rows() {
        return Stream.concat(
                        Stream.of(HEAD),
                        reconciliation.findings().stream()
                                .map(one -> List.of(
                                        one.proxy(),
                                        one.server(),
                                        one.of().words(),
                                        one.expected(),
                                        one.found(),
                                        one.verdict().word(),
                                        one.why())))
                .toList();
    }
}
