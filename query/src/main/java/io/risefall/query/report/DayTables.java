package io.risefall.query.report;

import io.risefall.query.report.DayReport.OutageOfDay;
import io.risefall.query.report.DayReport.Server;
import io.risefall.query.report.fleet.SeenBy;
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

    /** A column: its head (with the unit, if one) and how wide it may get in text. */
    record Column(String head, boolean right, int width) {}

    /**
     * A table with its title.
     *
     * @param note a sentence under it; may be empty
     */
    record Table(String title, List<Column> columns, List<List<String>> rows, String note) {
        Table {
            rows = List.copyOf(rows);
        }
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
    List<Table> tables() {
        return Stream.of(
                        down(),
                        roles.backends(),
                        roles.failovers(),
                        roles.leaderless(),
                        forgotten(),
                        Incident.table(report, words),
                        outages(),
                        worst(),
                        Sightings.table(report, words),
                        NearMisses.table(report, words),
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

    private Table down() {
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
        return new Table(
                words.downTitle(),
                columns(left("server", 30), 18, left("since", 19), right("for", 12), left("cause", 34)),
                Stream.concat(servers, backends).toList(),
                "");
    }

    private Table outages() {
        boolean many = report.hasManyNodes();
        return new Table(
                "Outages",
                many
                        ? List.of(
                                left("began, id", 12),
                                left("server", 15),
                                left("seen by", 10),
                                right("lasted", 11),
                                left("ended", 10),
                                left("reason", 14),
                                left("cause", 14))
                        : List.of(
                                left("began, id", 12),
                                left("server", 18),
                                right("lasted", 11),
                                left("ended", 11),
                                left("reason", 17),
                                left("cause", 19)),
                report.ownOutages().stream()
                        .flatMap(outage -> Stream.concat(
                                Stream.of(outageRow(outage)),
                                words.differing(outage).stream().map(seen -> sightingRow(seen, outage))))
                        .toList(),
                lines("ID", "the lines that made an outage"));
    }

    private List<String> outageRow(OutageOfDay outage) {
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
    private List<String> sightingRow(OutageOfDay seen, OutageOfDay outage) {
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
    private List<Column> columns(Column first, int seenByWidth, Column... others) {
        List<Column> columns = new ArrayList<>(List.of(first));
        if (report.hasManyNodes()) {
            columns.add(left("seen by", seenByWidth));
        }
        columns.addAll(List.of(others));
        return columns;
    }

    private Table worst() {
        List<Server> troubled = words.troubled();
        List<Server> shown = troubled.stream().limit(MOST_ROWS).toList();
        boolean many = report.hasManyNodes();
        List<Column> columns = new ArrayList<>(List.of(
                left("server", many ? 24 : 22),
                right("availability", 12),
                right("down", 11),
                right("outages", 7),
                right("recoveries", 10),
                right("longest", 11),
                many ? right("down for some only", 11) : right("unknown", 11)));
        return new Table(
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

    private Table reasons() {
        return new Table(
                "Why checks failed, by hour",
                List.of(
                        left("hour", 12),
                        left("reason", 12),
                        left("in words", 30),
                        right("failed checks", 8),
                        right("of them DOWN", 8),
                        right("servers", 7),
                        right("slowest", 9)),
                report.reasons().stream()
                        .map(reason -> List.of(
                                words.times().minute(reason.hour()),
                                words.reason(reason.reason(), reason.code()),
                                inWords(reason.reason()),
                                Verdicts.grouped(reason.failures()),
                                Verdicts.grouped(reason.downs()),
                                String.valueOf(reason.servers()),
                                Durations.wordsOrDash(reason.maxDurationMs())))
                        .toList(),
                (report.hasManyNodes() ? "Checks of all load balancers together. " : "")
                        + lines(
                                "\"" + report.day() + " REASON failures\" --zone "
                                        + report.zone().getId(),
                                "the lines of a reason"));
    }

    private Table flapping() {
        return new Table(
                "Flapping",
                columns(
                        left("server", 26),
                        16,
                        left("from", 10),
                        left("to", 23),
                        right(report.hasManyNodes() ? "DOWNs of one" : "DOWNs", 6),
                        right("penalty", 8)),
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

    private Table forgotten() {
        return new Table(
                "Out of service for long: forgotten?",
                columns(
                        left("server", 28),
                        16,
                        left("state", 11),
                        left("since", 19),
                        right("for", 10),
                        left("who", 22)),
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

    private Table planned() {
        return new Table(
                "Maintenance and drain (no outages)",
                columns(
                        left("server", 22),
                        14,
                        left("state", 11),
                        left("from", 10),
                        left("to", 10),
                        right("this day", 10),
                        left("who", 20)),
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

    private Table backends() {
        return new Table(
                "Backends left without a server",
                columns(left("backend", 24), 16, left("from", 19), left("to", 19), right("lasted", 12), left("id", 12)),
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

    private Table sources() {
        return new Table(
                "Sources (all days)",
                List.of(
                        left("source", 32),
                        right("lines", 10),
                        right("health", 10),
                        right("traffic", 10),
                        right("other", 8),
                        right("repeats", 8),
                        right("unread", 8)),
                report.sources().stream()
                        .map(source -> List.of(
                                source.source(),
                                Verdicts.grouped(source.lines()),
                                Verdicts.grouped(source.events()),
                                Verdicts.grouped(source.traffic()),
                                Verdicts.grouped(source.other()),
                                Verdicts.grouped(source.repeats()),
                                Verdicts.grouped(source.rejected())))
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

    private static Table cut(Table table) {
        int more = table.rows().size() - MOST_ROWS;
        return more <= 0
                ? table
                : new Table(
                        table.title(),
                        table.columns(),
                        table.rows().subList(0, MOST_ROWS),
                        (Verdicts.grouped(more) + " more: see --format json. " + table.note()).strip());
    }

    private static Column left(String head, int width) {
        return new Column(head, false, width);
    }

    private static Column right(String head, int width) {
        return new Column(head, true, width);
    }
}
