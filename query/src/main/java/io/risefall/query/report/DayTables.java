package io.risefall.query.report;

import io.risefall.query.report.DayReport.Server;
import io.risefall.schemas.CheckStatus;
import java.util.ArrayList;
import java.util.List;

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
        numbers.add(List.of("Availability", words.availability()));
        numbers.add(List.of("Outages", words.outages()));
        words.lags().ifPresent(lags -> numbers.add(List.of("Lag", lags)));
        if (!report.roles().isEmpty()) {
            numbers.add(List.of("Role backends", new RoleWords(report.roles()).number()));
        }
        numbers.add(List.of("Flaps", String.valueOf(report.fleet().flaps())));
        return numbers;
    }

    /** The tables that have rows, in the order of a reader's questions. */
    List<Table> tables() {
        return java.util.stream.Stream.of(
                        down(),
                        roles.backends(),
                        roles.failovers(),
                        roles.leaderless(),
                        Incident.table(report, words),
                        outages(),
                        worst(),
                        Sightings.table(report),
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
        return new Table(
                "Down " + words.whenEnd(),
                List.of(left("server", 30), left("since", 19), right("for", 12), left("cause", 34)),
                words.open().stream()
                        .map(outage -> List.of(
                                words.server(outage.node(), outage.name()),
                                words.times().at(outage.startedAt()),
                                Durations.words(outage.durationMs()),
                                outage.diagnosis().words()
                                        + (outage.certain() ? "" : "; not certain that it still is")))
                        .toList(),
                "");
    }

    private Table outages() {
        return new Table(
                "Outages",
                List.of(
                        left("began, id", 12),
                        left("server", 18),
                        right("lasted", 11),
                        left("ended", 11),
                        left("reason", 17),
                        left("cause", 19)),
                report.ownOutages().stream()
                        .map(outage -> List.of(
                                words.times().at(outage.startedAt()) + " " + outage.id(),
                                words.server(outage.node(), outage.name()) + (outage.backup() ? " (backup)" : ""),
                                words.lasted(outage),
                                words.ended(outage),
                                words.reason(outage),
                                outage.diagnosis().words()))
                        .toList(),
                lines("ID", "the lines that made an outage"));
    }

    private Table worst() {
        List<Server> troubled = words.troubled();
        List<Server> shown = troubled.stream().limit(MOST_ROWS).toList();
        return new Table(
                "Servers with trouble, worst first",
                List.of(
                        left("server", 26),
                        right("availability", 12),
                        right("down", 12),
                        right("outages", 7),
                        right("flaps", 5),
                        right("longest", 12),
                        right("unknown", 12)),
                shown.stream()
                        .map(server -> List.of(
                                words.server(server.node(), server.name()),
                                server.time().availabilityWords(),
                                Durations.words(server.time().downMs()),
                                String.valueOf(server.outages()),
                                String.valueOf(server.flaps()),
                                Durations.wordsOrDash(server.longestMs()),
                                Durations.words(server.time().unknownMs())))
                        .toList(),
                (troubled.size() > MOST_ROWS ? "" : words.rest() + " ")
                        + lines(
                                "\"" + report.day() + " NODE PROXY/SERVER\" --zone "
                                        + report.zone().getId(),
                                "the lines of a row"));
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
                lines(
                        "\"" + report.day() + " REASON failures\" --zone "
                                + report.zone().getId(),
                        "the lines of a reason"));
    }

    private Table flapping() {
        return new Table(
                "Flapping",
                List.of(left("server", 30), left("from", 19), left("to", 19), right("DOWNs", 6), right("penalty", 8)),
                report.flapping().stream()
                        .map(flaps -> List.of(
                                words.server(flaps.node(), flaps.name()),
                                words.times().at(flaps.startedAt()),
                                words.times().atOrDash(flaps.endedAt()),
                                String.valueOf(flaps.downs()),
                                String.valueOf(Math.round(flaps.peakPenalty()))))
                        .toList(),
                "");
    }

    private Table planned() {
        return new Table(
                "Maintenance and drain (no outages)",
                List.of(left("server", 30), left("state", 11), left("from", 19), left("to", 19), right("this day", 12)),
                report.maintenance().stream()
                        .map(planned -> List.of(
                                words.server(planned.node(), planned.name()),
                                words.state(planned.state()),
                                words.times().at(planned.from()),
                                words.times().atOrDash(planned.to()),
                                Durations.words(planned.inDayMs())))
                        .toList(),
                "");
    }

    private Table backends() {
        return new Table(
                "Backends left without a server",
                List.of(left("backend", 30), left("from", 19), left("to", 19), right("lasted", 14), left("id", 12)),
                report.ownBackends().stream()
                        .map(gap -> List.of(
                                words.server(gap.node(), gap.proxy()),
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
