package io.risefall.query.report.render;

import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.section.Sections;
import io.risefall.query.report.text.Advice;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.report.text.RoleText;
import java.util.ArrayList;
import java.util.List;

/** A day's report as titled tables of words, for the two formats that are read line by line: text and Markdown. */
final class DayTables {
    private final DayReport report;
    private final DayText words;

    DayTables(DayReport report) {
        this.report = report;
        this.words = new DayText(report);
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
        words.ofOutage().lags().ifPresent(lags -> numbers.add(List.of("Lag", lags)));
        if (!report.roles().isEmpty()) {
            numbers.add(List.of("Role backends", new RoleText(report.roles()).number()));
        }
        numbers.add(List.of("Recoveries", words.recoveries()));
        return numbers;
    }

    /** The tables that have rows, in the order of a reader's questions. */
    List<ReportTable> tables() {
        return Sections.tables(report, words);
    }

    /** What to do about the worst outages. */
    List<Advice> advice(int most) {
        return words.advice().stream().limit(most).toList();
    }
}
