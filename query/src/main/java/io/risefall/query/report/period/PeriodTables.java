package io.risefall.query.report.period;

import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.text.Counts;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The tables of a period's report, in the order of a reader's questions. */
public final class PeriodTables {
    private static final int FLAPPERS = 10;
    private static final int LONGEST = 10;

    private final PeriodReport report;
    private final LocalTimes times;

    PeriodTables(PeriodReport report) {
        this.report = report;
        times = report.period().times();
    }

    /** Those that have rows. */
    List<ReportTable> all() {
        return Stream.of(changes(), backends(), servers(), reasons(), flappers(), longest())
                .filter(table -> !table.rows().isEmpty())
                .toList();
    }

    public ReportTable changes() {
        PeriodComparison comparison = report.comparison();
        return new ReportTable(
                "What changed" + (comparison == null ? "" : " against " + comparison.words()),
                List.of(
                        ReportTable.left("change", 6),
                        ReportTable.left("server or backend", 28),
                        ReportTable.left("reason", 16),
                        ReportTable.right("down", 11),
                        ReportTable.right("before", 11),
                        ReportTable.right("times", 6),
                        ReportTable.right("before", 6)),
                comparison == null
                        ? List.of()
                        : comparison.changes().stream()
                                .map(change -> List.of(
                                        change.change().name().toLowerCase(Locale.ROOT),
                                        change.name(),
                                        change.reasonWords(),
                                        Durations.text(change.downMs()),
                                        Durations.text(change.downBeforeMs()),
                                        Counts.grouped(change.outages()),
                                        Counts.grouped(change.outagesBefore())))
                                .toList(),
                "");
    }

    public ReportTable backends() {
        List<BackendPeriod> troubled =
                report.backends().stream().filter(BackendPeriod::isTroubled).toList();
        int rest = report.backends().size() - troubled.size();
        return new ReportTable(
                "Backends, worst first",
                List.of(
                        ReportTable.left("backend", 24),
                        ReportTable.right("available", 11),
                        ReportTable.right("without a server", 11),
                        ReportTable.right("times", 6),
                        ReportTable.right("at most", 11),
                        ReportTable.right("servers", 7),
                        ReportTable.right("outages", 7),
                        ReportTable.right("servers down", 11)),
                troubled.stream()
                        .map(backend -> List.of(
                                backend.proxy(),
                                backend.availabilityText(),
                                Durations.text(backend.withoutServerMs()),
                                Counts.grouped(backend.withoutServer()),
                                backend.withoutServerHighMs() == backend.withoutServerMs()
                                        ? ""
                                        : Durations.text(backend.withoutServerHighMs()),
                                Counts.grouped(backend.servers()),
                                Counts.grouped(backend.outages()),
                                Durations.text(backend.serverTime().downMs())))
                        .toList(),
                rest == 0 ? "" : Counts.plural(rest, "more backend") + " had no outage.");
    }

    public ReportTable servers() {
        List<ServerPeriod> troubled =
                report.servers().stream().filter(ServerPeriod::isTroubled).toList();
        int rest = report.servers().size() - troubled.size();
        return new ReportTable(
                "Servers with trouble, worst first",
                List.of(
                        ReportTable.left("server", 26),
                        ReportTable.right("availability", 12),
                        ReportTable.right("at least", 11),
                        ReportTable.right("down", 11),
                        ReportTable.right("outages", 7),
                        ReportTable.right("longest", 11),
                        ReportTable.right("to repair", 11)),
                troubled.stream()
                        .map(server -> List.of(
                                server.name(),
                                server.time().availabilityText(),
                                server.time().availabilityLowText(),
                                Durations.text(server.time().downMs()),
                                Counts.grouped(server.outages()),
                                Durations.textOrDash(server.longestMs()),
                                Durations.textOrDash(server.mttrMs())))
                        .toList(),
                rest == 0 ? "" : Counts.plural(rest, "more server") + " had no outage.");
    }

    public ReportTable reasons() {
        return new ReportTable(
                "Outages by reason",
                List.of(
                        ReportTable.left("reason", 12),
                        ReportTable.left("meaning", 34),
                        ReportTable.right("outages", 7),
                        ReportTable.right("servers", 7),
                        ReportTable.right("down", 11),
                        ReportTable.right("longest", 11)),
                report.reasons().stream()
                        .map(reason -> List.of(
                                ReasonPeriod.words(reason.reason()),
                                DayText.inWords(ReasonPeriod.words(reason.reason())),
                                Counts.grouped(reason.outages()),
                                Counts.grouped(reason.servers()),
                                Durations.text(reason.downMs()),
                                Durations.text(reason.longestMs())))
                        .toList(),
                "");
    }

    public ReportTable flappers() {
        return new ReportTable(
                "Up and down again most often",
                List.of(
                        ReportTable.left("server", 30),
                        ReportTable.right("times", 7),
                        ReportTable.right("flapping for", 12),
                        ReportTable.right("down", 11),
                        ReportTable.right("to repair", 11)),
                ServerPeriod.flappers(report.servers()).stream()
                        .limit(FLAPPERS)
                        .map(server -> List.of(
                                server.name(),
                                Counts.grouped(server.recoveries()),
                                server.flappingMs() == 0 ? "" : Durations.text(server.flappingMs()),
                                Durations.text(server.time().downMs()),
                                Durations.textOrDash(server.mttrMs())))
                        .toList(),
                "");
    }

    public ReportTable longest() {
        return new ReportTable(
                "Longest outages",
                List.of(
                        ReportTable.left("id", 12),
                        ReportTable.left("server", 26),
                        ReportTable.left("began", 19),
                        ReportTable.right("in the period", 13),
                        ReportTable.left("reason", 18)),
                longest(report.outages())
                        .limit(LONGEST)
                        .map(outage -> List.of(
                                outage.id(),
                                outage.name(),
                                times.at(outage.startedAt()),
                                Durations.text(outage.inPeriodMs()),
                                outage.reasonWords()))
                        .toList(),
                "All of them: --format csv or json. The lines behind one: risefall explain ID.");
    }

    /** The most time within the period first. */
    static Stream<OutagePeriod> longest(List<OutagePeriod> outages) {
        return outages.stream()
                .sorted(Comparator.comparing((OutagePeriod outage) -> -outage.inPeriodMs())
                        .thenComparing(OutagePeriod::startedAt)
                        .thenComparing(OutagePeriod::name));
    }
}
