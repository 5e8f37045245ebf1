package io.risefall.query.report;

import io.risefall.query.report.Diagnosis.Step;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** A day's report as GitHub Markdown. Words of the log can make neither markup nor links nor tables of their own. */
final class MarkdownDay implements ReportFormat.Renderer {
    private static final int MOST_EXPLAINED = 20;
    private static final String MARKUP = "\\`*_{}[]#!|~@";

    @Override
    public void render(DayReport report, Appendable out) throws IOException {
        DayTables tables = new DayTables(report);
        out.append("# ").append(new DayWords(report).title()).append("\n\n");
        out.append("**").append(escape(report.verdict().sentence())).append("**\n");
        if (!report.verdict().more().isEmpty()) {
            out.append('\n').append(escape(report.verdict().more())).append('\n');
        }
        out.append("\n| | |\n|---|---|\n");
        for (List<String> number : tables.numbers()) {
            row(out, number);
        }
        for (DayTables.Table table : tables.tables()) {
            out.append("\n## ").append(table.title()).append("\n\n");
            row(out, table.columns().stream().map(DayTables.Column::head).toList());
            out.append(table.columns().stream()
                            .map(column -> column.right() ? "---:" : "---")
                            .collect(Collectors.joining("|", "|", "|")))
                    .append('\n');
            for (List<String> cells : table.rows()) {
                row(out, cells);
            }
            if (!table.note().isEmpty()) {
                out.append('\n').append(escape(table.note())).append('\n');
            }
        }
        explain(out, tables);
        if (!report.caveats().isEmpty()) {
            out.append("\n## Before believing the numbers\n\n");
            for (String caveat : report.caveats()) {
                out.append("- ").append(escape(caveat)).append('\n');
            }
        }
    }

    private static void explain(Appendable out, DayTables tables) throws IOException {
        List<Advice> explained = tables.advice(MOST_EXPLAINED);
        if (!explained.isEmpty()) {
            out.append("\n## What to do next\n");
        }
        for (Advice advice : explained) {
            out.append("\n### ").append(escape(advice.servers())).append(": ");
            out.append(advice.diagnosis().words()).append("\n\n");
            out.append(escape(advice.diagnosis().why())).append("\n\n");
            for (Step step : advice.diagnosis().next()) {
                out.append("- ").append(escape(step.what())).append('\n');
                if (step.command() != null) {
                    // Commands hold only HAProxy's names, which have no backtick; four spaces and a fence end nowhere
                    // else.
                    out.append("  ```sh\n  ")
                            .append(Printable.of(step.command()))
                            .append("\n  ```\n");
                }
            }
        }
    }

    private static void row(Appendable out, List<String> cells) throws IOException {
        out.append(cells.stream().map(MarkdownDay::escape).collect(Collectors.joining(" | ", "| ", " |")))
                .append('\n');
    }

    /** Text that Markdown shows as it is. Inside words, signs that mean nothing there stay readable. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        Printable.of(text).chars().forEach(c -> {
            if (c == '<') {
                escaped.append("&lt;");
            } else if (c == '>') {
                escaped.append("&gt;");
            } else if (c == '&') {
                escaped.append("&amp;");
            } else {
                if (MARKUP.indexOf(c) >= 0) {
                    escaped.append('\\');
                }
                escaped.append((char) c);
            }
        });
        // GitHub makes links of bare addresses, unless these signs are escaped.
        return escaped.toString().replace("://", "\\://").replace("www.", "www\\.");
    }
}
