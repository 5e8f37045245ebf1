package io.risefall.query.report.render;

import io.risefall.query.report.cause.Diagnosis.Step;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.text.Advice;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.MarkdownLines;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.text.MarkdownText;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.util.List;

/** A day's report as GitHub Markdown. Words of the log can make neither markup nor links nor tables of their own. */
final class MarkdownDay implements ReportFormat.Renderer {
    private static final int MOST_EXPLAINED = 20;

    @Override
    public void render(DayReport report, Appendable out) throws IOException {
        DayTables tables = new DayTables(report);
        out.append("# ").append(new DayText(report).title()).append("\n\n");
        out.append("**")
                .append(MarkdownText.escape(report.verdict().sentence()))
                .append("**\n");
        if (!report.verdict().more().isEmpty()) {
            out.append('\n')
                    .append(MarkdownText.escape(report.verdict().more()))
                    .append('\n');
        }
        out.append("\n| | |\n|---|---|\n");
        for (List<String> number : tables.numbers()) {
            MarkdownLines.row(out, number);
        }
        for (ReportTable table : tables.tables()) {
            MarkdownLines.table(out, table);
        }
        explain(out, tables);
        if (!report.caveats().isEmpty()) {
            out.append("\n## Before you trust the numbers\n\n");
            for (String caveat : report.caveats()) {
                out.append("- ").append(MarkdownText.escape(caveat)).append('\n');
            }
        }
    }

    private static void explain(Appendable out, DayTables tables) throws IOException {
        List<Advice> explained = tables.advice(MOST_EXPLAINED);
        if (!explained.isEmpty()) {
            out.append("\n## What to do next\n");
        }
        for (Advice advice : explained) {
            out.append("\n### ").append(MarkdownText.escape(advice.servers())).append(": ");
            out.append(advice.diagnosis().words()).append("\n\n");
            out.append(MarkdownText.escape(advice.diagnosis().why())).append("\n\n");
            for (Step step : advice.diagnosis().next()) {
                out.append("- ").append(MarkdownText.escape(step.what())).append('\n');
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
}
