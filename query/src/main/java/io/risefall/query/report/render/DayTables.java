package io.risefall.query.report.render;

import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.SeenBy;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.section.IncidentSection;
import io.risefall.query.report.section.NearMissSection;
import io.risefall.query.report.section.SightingSection;
import io.risefall.query.report.text.Advice;
import io.risefall.query.report.text.DayWords;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.report.text.RoleWords;
import io.risefall.query.text.Counts;
import io.risefall.query.time.Durations;
import io.risefall.schemas.message.CheckStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A day's report as titled tables of words, for the two formats that are read line by line: text and Markdown. */
final class DayTables {
    /** Longer tables are cut, and say so; the whole is in {@code --format json} and in the views. */
    static final int MOST_ROWS = 40;

    private final DayReport report;
    private final DayWords words;
    private final RoleTables roles;

    DayTables(DayReport report) {
        this.report = report;
        this.words = new DayWords(report);
        this.roles = new RoleTables(report, words);
    }

    /** The fleet's numbers: a name and a value each. */
    List<List<String>> numbers() {
        List<List<String>> numbers = new ArrayList<>();
        numbers.add(List.of("Period", words.period()));
        numbers.add(List.of("Covered", words.covered()));
        numbers.add(List.of("Servers", report.fleet().servers() + ": " + words.serversAtEnd()));
        if (!words.loadBalancers().isEmpty()) {
            numbers.add(List.of("Load balancers", words.loadBalancers()));
        }
        numbers.add(List.of("Availability", words.availability()));
        numbers.add(List.of("Outages", words.outages()));
        words.lags().ifPresent(lags -> numbers.add(List.of("Lag", lags)));
        if (!report.roles().isEmpty()) {
            numbers.add(List.of("Role backends", new RoleWords(report.roles()).number()));
        }
        numbers.add(List.of("Recoveries", words.recoveries()));
        return numbers;
    }

    /** The tables that have rows, in the order of a reader's questions. */
    List<ReportTable> tables() {
        return Stream.of(
                        down(),
                        roles.backends(),
                        roles.failovers(),
                        roles.leaderless(),
                        forgotten(),
                        IncidentSection.table(report, words),
                        outages(),
                        worst(),
                        SightingSection.table(report, words),
                        NearMissSection.table(report, words),
                        reasons(),
                        flapping(),
                        planned(),
                        backends(),
                        sources())
                .filter(table -> !table.rows().isEmpty())
                .map(DayTables::cut)
                .toList();
    }

    /** What to do about the worst outages. */
    List<Advice> advice(int most) {
        return words.advice().stream().limit(most).toList();
    }

    private ReportTable down() {
        Stream<List<String>> servers = words.open().stream()
                .map(outage -> row(
                        outage.name() + (outage.backup() ? " (backup)" : ""),
                        words.downBy(outage),
                        words.times().at(outage.startedAt()),
                        Durations.words(outage.durationMs()),
                        outage.diagnosis().words() + (outage.certain() ? "" : "; not certain that it still is")));
        Stream<List<String>> backends = words.leaderless().stream()
                .map(role -> row(
                        role.asServer().name(),
                        new SeenBy(role.nodes(), role.nodes().size()),
                        words.times().atOrDash(role.asServer().since()),
                        "–",
                        "no server leads"));
        return new ReportTable(
                words.downTitle(),
                columns(
                        ReportTable.left("server", 30),
                        18,
                        ReportTable.left("since", 19),
                        ReportTable.right("for", 12),
                        ReportTable.left("cause", 34)),
                Stream.concat(servers, backends).toList(),
                "");
    }

    private ReportTable outages() {
        boolean many = report.hasManyNodes();
        return new ReportTable(
                "Outages",
                many
                        ? List.of(
                                ReportTable.left("began, id", 12),
                                ReportTable.left("server", 15),
                                ReportTable.left("seen by", 10),
                                ReportTable.right("lasted", 11),
                                ReportTable.left("ended", 10),
                                ReportTable.left("reason", 14),
                                ReportTable.left("cause", 14))
                        : List.of(
                                ReportTable.left("began, id", 12),
                                ReportTable.left("server", 18),
                                ReportTable.right("lasted", 11),
                                ReportTable.left("ended", 11),
                                ReportTable.left("reason", 17),
                                ReportTable.left("cause", 19)),
                report.ownOutages().stream()
                        .flatMap(outage -> Stream.concat(
                                Stream.of(outageRow(outage)),
                                words.differing(outage).stream().map(seen -> sightingRow(seen, outage))))
                        .toList(),
                lines("ID", "the lines that made an outage"));
    }

    private List<String> outageRow(DayOutage outage) {
        return outageRow(
                words.times().at(outage.startedAt()) + " " + outage.id(),
                outage.name() + (outage.backup() ? " (backup)" : ""),
                outage.seenBy().words(),
                words.lasted(outage),
                words.ended(outage),
                words.reason(outage),
                outage.diagnosis().words());
    }

    /** What one node saw otherwise, under the outage. */
    private List<String> sightingRow(DayOutage seen, DayOutage outage) {
        return outageRow(
                words.times().at(seen.startedAt()) + " " + seen.id(),
                "  on " + seen.node(),
                "",
                words.lasted(seen),
                words.ended(seen, outage),
                words.reason(seen),
                "");
    }

    private List<String> outageRow(
            String began, String server, String seenBy, String lasted, String ended, String reason, String cause) {
        return report.hasManyNodes()
                ? List.of(began, server, seenBy, lasted, ended, reason, cause)
                : List.of(began, server, lasted, ended, reason, cause);
    }

    /** The cells of a row, with who saw it where several watch. */
    private List<String> row(String first, SeenBy seenBy, String... others) {
        List<String> cells = new ArrayList<>(List.of(first));
        if (report.hasManyNodes()) {
            cells.add(seenBy.words());
        }
        cells.addAll(List.of(others));
        return cells;
    }

    /** Columns of such rows. */
    private List<ReportTable.Column> columns(ReportTable.Column first, int seenByWidth, ReportTable.Column... others) {
        List<ReportTable.Column> columns = new ArrayList<>(List.of(first));
        if (report.hasManyNodes()) {
            columns.add(ReportTable.left("seen by", seenByWidth));
        }
        columns.addAll(List.of(others));
        return columns;
    }

    private ReportTable worst() {
        List<ServerDay> troubled = words.troubled();
        List<ServerDay> shown = troubled.stream().limit(MOST_ROWS).toList();
        boolean many = report.hasManyNodes();
        List<ReportTable.Column> columns = new ArrayList<>(List.of(
                ReportTable.left("server", many ? 24 : 22),
                ReportTable.right("availability", 12),
                ReportTable.right("down", 11),
                ReportTable.right("outages", 7),
                ReportTable.right("recoveries", 10),
                ReportTable.right("longest", 11),
                many ? ReportTable.right("down for some only", 11) : ReportTable.right("unknown", 11)));
        return new ReportTable(
                "Servers with trouble, worst first",
                columns,
                shown.stream()
                        .map(server -> List.of(
                                words.server(server.nodes(), server.name()),
                                server.time().availabilityWords(),
                                Durations.words(server.time().downMs()),
                                String.valueOf(server.outages()),
                                String.valueOf(server.recoveries()),
                                Durations.wordsOrDash(server.longestMs()),
                                Durations.words(
                                        many
                                                ? server.time().downForSomeMs()
                                                : server.time().unknownMs())))
                        .toList(),
                ((troubled.size() > MOST_ROWS ? "" : words.rest() + " ")
                                + "Down is the time of this day, longest the whole outage. "
                                + lines(
                                        "\"" + report.day() + " NODE PROXY/SERVER\" --zone "
                                                + report.zone().getId(),
                                        many ? "the lines of what a node saw" : "the lines of a row"))
                        .strip());
    }

    private ReportTable reasons() {
        return new ReportTable(
                "Why checks failed, by hour",
                List.of(
                        ReportTable.left("hour", 12),
                        ReportTable.left("reason", 12),
                        ReportTable.left("in words", 30),
                        ReportTable.right("failed checks", 8),
                        ReportTable.right("of them DOWN", 8),
                        ReportTable.right("servers", 7),
                        ReportTable.right("slowest", 9)),
                report.reasons().stream()
                        .map(reason -> List.of(
                                words.times().minute(reason.hour()),
                                words.reason(reason.reason(), reason.code()),
                                inWords(reason.reason()),
                                Counts.grouped(reason.failures()),
                                Counts.grouped(reason.downs()),
                                String.valueOf(reason.servers()),
                                Durations.wordsOrDash(reason.maxDurationMs())))
                        .toList(),
                (report.hasManyNodes() ? "Checks of all load balancers together. " : "")
                        + lines(
                                "\"" + report.day() + " REASON failures\" --zone "
                                        + report.zone().getId(),
                                "the lines of a reason"));
    }

    private ReportTable flapping() {
        return new ReportTable(
                "Flapping",
                columns(
                        ReportTable.left("server", 26),
                        16,
                        ReportTable.left("from", 10),
                        ReportTable.left("to", 23),
                        ReportTable.right(report.hasManyNodes() ? "DOWNs of one" : "DOWNs", 6),
                        ReportTable.right("penalty", 8)),
                report.flapping().stream()
                        .map(flaps -> row(
                                flaps.name(),
                                flaps.seenBy(),
                                words.times().at(flaps.startedAt()),
                                words.calm(flaps),
                                String.valueOf(flaps.downs()),
                                String.valueOf(Math.round(flaps.peakPenalty()))))
                        .toList(),
                "");
    }

    private ReportTable forgotten() {
        return new ReportTable(
                "Out of service for long: forgotten?",
                columns(
                        ReportTable.left("server", 28),
                        16,
                        ReportTable.left("state", 11),
                        ReportTable.left("since", 19),
                        ReportTable.right("for", 10),
                        ReportTable.left("who", 22)),
                report.forgotten().stream()
                        .map(planned -> row(
                                planned.name(),
                                planned.seenBy(),
                                words.state(planned.state()),
                                words.times().at(planned.from()),
                                Durations.words(planned.lastsMs()),
                                words.who(planned)))
                        .toList(),
                "--forgotten-maintenance says from which age on; how to end it stands with maintenance and drain in the"
                        + " page (--format html).");
    }

    private ReportTable planned() {
        return new ReportTable(
                "Maintenance and drain (no outages)",
                columns(
                        ReportTable.left("server", 22),
                        14,
                        ReportTable.left("state", 11),
                        ReportTable.left("from", 10),
                        ReportTable.left("to", 10),
                        ReportTable.right("this day", 10),
                        ReportTable.left("who", 20)),
                report.maintenance().stream()
                        .map(planned -> row(
                                planned.name(),
                                planned.seenBy(),
                                words.state(planned.state()),
                                words.times().at(planned.from()),
                                words.times().atOrDash(planned.to()),
                                Durations.words(planned.inDayMs()),
                                words.who(planned)))
                        .toList(),
                "");
    }

    private ReportTable backends() {
        return new ReportTable(
                "Backends left without a server",
                columns(
                        ReportTable.left("backend", 24),
                        16,
                        ReportTable.left("from", 19),
                        ReportTable.left("to", 19),
                        ReportTable.right("lasted", 12),
                        ReportTable.left("id", 12)),
                report.ownBackends().stream()
                        .map(gap -> row(
                                gap.proxy(),
                                gap.seenBy(),
                                words.times().at(gap.startedAt()),
                                words.times().atOrDash(gap.endedAt()),
                                Durations.words(gap.durationMs()),
                                gap.id()))
                        .toList(),
                "");
    }

    private ReportTable sources() {
        return new ReportTable(
                "Sources (all days)",
                List.of(
                        ReportTable.left("source", 32),
                        ReportTable.right("lines", 10),
                        ReportTable.right("health", 10),
                        ReportTable.right("traffic", 10),
                        ReportTable.right("other", 8),
                        ReportTable.right("repeats", 8),
                        ReportTable.right("unread", 8)),
                report.sources().stream()
                        .map(source -> List.of(
                                source.source(),
                                Counts.grouped(source.lines()),
                                Counts.grouped(source.events()),
                                Counts.grouped(source.traffic()),
                                Counts.grouped(source.other()),
                                Counts.grouped(source.repeats()),
                                Counts.grouped(source.rejected())))
                        .toList(),
                "");
    }

    static String inWords(String reason) {
        for (CheckStatus status : CheckStatus.values()) {
            if (status.name().equals(reason)) {
                return status.text();
            }
        }
        return "";
    }

    /** How to get to the lines. */
    private static String lines(String asked, String what) {
        return "risefall explain " + asked + " shows " + what + ".";
    }

    private static ReportTable cut(ReportTable table) {
        int more = table.rows().size() - MOST_ROWS;
        return more <= 0
                ? table
                : new ReportTable(
                        table.title(),
                        table.columns(),
                        table.rows().subList(0, MOST_ROWS),
                        (Counts.grouped(more) + " more: see --format json. " + table.note()).strip());
    }
}
