package io.risefall.query.alert.backtest;

import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.answer.AnswerPage;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.text.Counts;
import io.risefall.query.text.Printable;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What would have been sent, in words and tables.
 *
 * @param alerts in the order in which they opened
 * @param messages how many, by what they report
 */
record BacktestPage(
        BacktestRequest request,
        List<BacktestAlert> alerts,
        Map<String, Long> messages,
        List<BacktestDay> days,
        long downLines,
        long upLines,
        long outages) {
    private static final List<String> HEAD = List.of(
            "alert_id",
            "started_at",
            "opened_at",
            "closed_at",
            "lasted_ms",
            "problem",
            "severity",
            "flapping",
            "servers",
            "nodes",
            "messages",
            "incident_id",
            "title");

    private static final List<String> NOTES = List.of(
            "It is what these settings make of the states as they are known now: late lines, reloads and learnt role backends are"
                    + " known from the start, so a few messages more would have been sent at the time.",
            "What began before the period is not in it. That Kafka or ingest was away is not recorded: pipeline_silent is not"
                    + " replayed. Routes and silences are not applied.");

    AnswerPage page() {
        String sentence = sentence();
        return new AnswerPage(
                "Alerts that would have been sent in " + request.since().words(),
                sentence,
                facts(),
                tables(),
                NOTES,
                new Backtest(
                        Backtest.FORMAT,
                        sentence,
                        request.since().at(),
                        request.now(),
                        request.zone().getId(),
                        request.settings(),
                        downLines,
                        upLines,
                        outages,
                        messages,
                        days,
                        alerts,
                        NOTES),
                rows());
    }

    private long sent() {
        return messages.values().stream().mapToLong(Long::longValue).sum();
    }

    private String sentence() {
        String lines = Counts.plural(downLines, "DOWN line") + " and " + Counts.plural(upLines, "UP line");
        if (alerts.isEmpty()) {
            return lines + " in " + request.since().words() + " would have sent no message.";
        }
        return lines + " in " + request.since().words() + " would have become " + Counts.plural(sent(), "message")
                + " about " + Counts.plural(alerts.size(), "alert") + ".";
    }

    private List<List<String>> facts() {
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of("Period", at(request.since().at()) + " to " + at(request.now())));
        facts.add(List.of("Outages", Counts.grouped(outages) + ", as each node saw them"));
        if (!alerts.isEmpty()) {
            facts.add(List.of(
                    "Messages",
                    messages.entrySet().stream()
                            .map(said -> Counts.grouped(said.getValue()) + " "
                                    + said.getKey().replace('_', ' '))
                            .collect(Collectors.joining(", "))));
            long critical = alerts.stream()
                    .filter(alert -> alert.severity().equals("critical"))
                    .count();
            long flapping = alerts.stream().filter(BacktestAlert::flapping).count();
            facts.add(List.of(
                    "Alerts",
                    Counts.grouped(critical) + " critical, " + Counts.grouped(alerts.size() - critical) + " warning; "
                            + Counts.grouped(flapping) + " with a server that flaps"));
            BacktestAlert longest = alerts.stream()
                    .max(Comparator.comparing(BacktestAlert::lastedMs))
                    .orElseThrow();
            facts.add(List.of(
                    "Longest",
                    Durations.text(longest.lastedMs()) + (longest.closedAt() == null ? " so far" : "") + ", from "
                            + at(longest.startedAt())));
        }
        facts.add(List.of("Settings", settings(request.settings())));
        return facts;
    }

    private static String settings(AlertSettings settings) {
        return "hold " + text(settings.hold()) + ", close after " + text(settings.closeAfter()) + " (of unknown end "
                + text(settings.closeUnknownAfter()) + "), reopen within " + text(settings.reopen())
                + ", more servers every "
                + text(settings.changeEvery()) + ", still open after "
                + settings.stillOpen().stream().map(BacktestPage::text).collect(Collectors.joining(", "))
                + (settings.capacityBelow() == 0 ? "" : ", capacity below " + settings.capacityBelow());
    }

    private static String text(Duration duration) {
        return Durations.text(duration.toMillis());
    }

    private List<ReportTable> tables() {
        List<ReportTable> tables = new ArrayList<>();
        if (!days.isEmpty()) {
            tables.add(new ReportTable(
                    "Days",
                    List.of(
                            ReportTable.left("day", 10),
                            ReportTable.right("outages", 9),
                            ReportTable.right("alerts", 7),
                            ReportTable.right("messages", 9)),
                    days.stream()
                            .map(day -> List.of(
                                    day.day().toString(),
                                    Counts.grouped(day.outages()),
                                    Counts.grouped(day.opened()),
                                    Counts.grouped(day.messages())))
                            .toList(),
                    ""));
        }
        if (!alerts.isEmpty()) {
            List<BacktestAlert> latest = new ArrayList<>(alerts);
            Collections.reverse(latest);
            tables.add(new ReportTable(
                    "Alerts, the latest first",
                    List.of(
                            ReportTable.left("opened", 19),
                            ReportTable.right("lasted", 12),
                            ReportTable.left("severity", 8),
                            ReportTable.right("messages", 8),
                            ReportTable.left("what", 70)),
                    latest.stream().map(this::cells).toList(),
                    ""));
        }
        return tables;
    }

    private List<String> cells(BacktestAlert alert) {
        return List.of(
                new LocalTimes(LocalDate.ofInstant(request.now(), request.zone()), request.zone()).at(alert.openedAt()),
                Durations.text(alert.lastedMs()) + (alert.closedAt() == null ? " …" : ""),
                alert.severity(),
                Integer.toString(alert.messages().size()),
                Printable.of(alert.title()));
    }

    private String at(Instant at) {
        return new LocalTimes(at.atZone(request.zone()).toLocalDate(), request.zone()).full(at);
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        for (BacktestAlert alert : alerts) {
            rows.add(List.of(
                    alert.alertId(),
                    alert.startedAt().toString(),
                    alert.openedAt().toString(),
                    orEmpty(alert.closedAt()),
                    Long.toString(alert.lastedMs()),
                    alert.problem(),
                    alert.severity(),
                    Boolean.toString(alert.flapping()),
                    Integer.toString(alert.servers()),
                    Integer.toString(alert.nodes()),
                    Integer.toString(alert.messages().size()),
                    orEmpty(alert.incidentId()),
                    alert.title()));
        }
        return rows;
    }

    private static String orEmpty(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
