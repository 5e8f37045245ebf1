package io.risefall.query.whatif;

import io.risefall.query.answer.AnswerPage;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.text.Counts;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What would have been, in words and tables. */
final class WhatIfPage {
    private static final List<String> COLUMNS = List.of(
            "outage_id",
            "node",
            "proxy",
            "server",
            "started_at",
            "ended_at",
            "fate",
            "down_later_least_ms",
            "down_later_most_ms",
            "up_later_least_ms",
            "up_later_most_ms",
            "why");

    private final WhatIfRequest request;
    private final List<Prediction> predictions;
    private final List<FleetOutcome> servers;
    private final FleetOutcome all;
    private final LocalTimes times;

    /** @param predictions in order of time */
    WhatIfPage(WhatIfRequest request, List<Prediction> predictions) {
        this.request = request;
        this.predictions = predictions;
        servers =
                predictions.stream()
                        .collect(Collectors.groupingBy(Prediction::name, TreeMap::new, Collectors.toList()))
                        .values()
                        .stream()
                        .map(FleetOutcome::of)
                        .sorted(Comparator.comparing(FleetOutcome::outages)
                                .reversed()
                                .thenComparing(FleetOutcome::name))
                        .toList();
        all = FleetOutcome.sum(servers);
        times = new LocalTimes(request.now().atZone(request.zone()).toLocalDate(), request.zone());
    }

    AnswerPage page() {
        String sentence = sentence();
        List<String> notes = notes();
        Instant from = request.since().at();
        return new AnswerPage(
                "What if " + request.words(),
                sentence,
                List.of(
                        List.of("Period", times.full(from) + " to " + times.full(request.now())),
                        List.of("Servers", request.target().toString()),
                        List.of("Explain", "risefall explain ID shows the lines of an outage")),
                tables(),
                notes,
                new WhatIf(
                        WhatIf.FORMAT,
                        sentence,
                        request.fall(),
                        request.rise(),
                        from,
                        request.now(),
                        all,
                        servers,
                        predictions,
                        notes),
                rows());
    }

    private String sentence() {
        String head = "With " + request.words() + ",";
        String period = request.since().words();
        if (predictions.isEmpty()) {
            return head + " nothing of " + period
                    + " would have been otherwise: there was no outage, and none was near.";
        }
        List<String> parts = new ArrayList<>();
        parts.add(all.avoided() + " of " + Counts.plural(all.outages(), "outage") + " of " + period
                + " would not have happened");
        if (all.kept() > 0) {
            parts.add(all.kept() + " would have" + seen());
        }
        if (all.unknown() > 0) {
            parts.add("of " + all.unknown() + " the log cannot tell");
        }
        if (all.added() > 0) {
            parts.add(all.added() + " more would have happened");
        }
        if (all.perhapsAdded() > 0) {
            parts.add(all.perhapsAdded() + " more may have");
        }
        return head + " " + String.join("; ", parts) + ".";
    }

    private String seen() {
        Long most = all.downLaterMostMs();
        if (most == null) {
            return "";
        }
        return most > 0
                ? ", seen up to " + Durations.text(most) + " later"
                : most == 0 ? ", seen no later" : ", all seen earlier";
    }

    private List<ReportTable> tables() {
        List<ReportTable> tables = new ArrayList<>();
        if (!servers.isEmpty()) {
            tables.add(new ReportTable(
                    "Servers",
                    List.of(
                            ReportTable.left("server", 24),
                            ReportTable.right("outages", 7),
                            ReportTable.right("avoided", 7),
                            ReportTable.right("kept", 7),
                            ReportTable.right("cannot tell", 11),
                            ReportTable.right("more", 7),
                            ReportTable.right("unseen longer", 14),
                            ReportTable.right("up later", 12)),
                    servers.stream().map(this::cells).toList(),
                    "avoided: would not have happened. more: in addition. unseen longer: how much later those that are kept"
                            + " would have been seen DOWN, together. up later: at most; negative: all earlier."));
        }
        add(tables, "Outages", Prediction::happened);
        add(tables, "Falls that were no outage", one -> !one.happened());
        return tables;
    }

    private List<String> cells(FleetOutcome one) {
        return List.of(
                one.name(),
                String.valueOf(one.outages()),
                String.valueOf(one.avoided()),
                String.valueOf(one.kept()),
                String.valueOf(one.unknown()),
                one.perhapsAdded() == 0
                        ? String.valueOf(one.added())
                        : one.added() + " to " + (one.added() + one.perhapsAdded()),
                Durations.text(one.unseenMs()),
                Durations.textOrDash(one.upLaterMostMs()));
    }

    private void add(List<ReportTable> tables, String title, Predicate<Prediction> which) {
        List<Prediction> rows = predictions.stream().filter(which).toList();
        if (!rows.isEmpty()) {
            tables.add(new ReportTable(
                    title,
                    List.of(
                            ReportTable.left("from", 19),
                            ReportTable.left("server", 20),
                            ReportTable.left("node", 10),
                            ReportTable.left("id", 12),
                            ReportTable.left("fate", 14),
                            ReportTable.right("DOWN later", 10),
                            ReportTable.right("UP later", 10),
                            ReportTable.left("why", 32)),
                    rows.stream().map(this::cells).toList(),
                    ""));
        }
    }

    private List<String> cells(Prediction one) {
        return List.of(
                times.at(one.startedAt()),
                one.name(),
                one.node(),
                one.outageId() == null ? "" : one.outageId(),
                one.fate().words(),
                later(one.downLaterLeastMs(), one.downLaterMostMs()),
                later(one.upLaterLeastMs(), one.upLaterMostMs()),
                one.why());
    }

    private static String later(@Nullable Long least, @Nullable Long most) {
        return least == null || most == null ? "–" : Durations.text((least + most) / 2);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add(
                "Between two checks in a row that failed a server is taken to have failed all the time, and so for checks that"
                        + " passed: HAProxy sees no more. Where the interval of checks decides, the result is cannot tell.");
        if (predictions.stream().anyMatch(one -> one.why().contains("--inter"))) {
            notes.add(
                    "The log does not always show how often HAProxy checks a server whose state does not change. If"
                            + " neither fastinter nor downinter is set, say so with --inter, such as --inter 2s: the value of inter in haproxy.cfg.");
        }
        TreeSet<String> silent = predictions.stream()
                .filter(one -> one.why().contains("option log-health-checks"))
                .map(Prediction::proxy)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!silent.isEmpty()) {
            notes.add("Without check lines nothing can be replayed. Set option log-health-checks in: "
                    + String.join(", ", silent) + ".");
        }
        if (predictions.stream().map(Prediction::node).distinct().count() > 1) {
            notes.add(
                    "Each load balancer's outages are replayed on their own. In the numbers of servers, what several saw of one"
                            + " outage counts once, and is avoided only if all of them would have seen none.");
        }
        return notes;
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(COLUMNS);
        predictions.forEach(one -> rows.add(Stream.of(
                        one.outageId(),
                        one.node(),
                        one.proxy(),
                        one.server(),
                        one.startedAt(),
                        one.endedAt(),
                        one.fate().code(),
                        one.downLaterLeastMs(),
                        one.downLaterMostMs(),
                        one.upLaterLeastMs(),
                        one.upLaterMostMs(),
                        one.why())
                .map(cell -> cell == null ? "" : cell.toString())
                .toList()));
        return rows;
    }
}
