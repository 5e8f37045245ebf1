package io.risefall.query.report.render;

import static io.risefall.query.report.text.PlainLines.line;
import static io.risefall.query.report.text.PlainLines.paragraph;
import static io.risefall.query.report.text.PlainLines.table;
import static io.risefall.query.report.text.PlainLines.title;

import io.risefall.query.report.cause.Diagnosis;
import io.risefall.query.report.cause.Diagnosis.Step;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.Level;
import io.risefall.query.report.text.Advice;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.util.List;

/** A day's report for a terminal of 100 columns. */
final class TextDay implements ReportFormat.Renderer {
    private static final int MOST_EXPLAINED = 6;

    private final boolean colour;

    TextDay(boolean colour) {
        this.colour = colour;
    }

    @Override
    public void render(DayReport report, Appendable out) throws IOException {
        DayTables tables = new DayTables(report);
        String title = new DayText(report).title();
        title(out, title);
        paragraph(
                out,
                "",
                paint(report.verdict().level(), Printable.of(report.verdict().sentence())));
        if (!report.verdict().more().isEmpty()) {
            paragraph(out, "", report.verdict().more());
        }
        line(out, "");
        for (List<String> number : tables.numbers()) {
            paragraph(out, "%-16s".formatted(number.get(0)), number.get(1));
        }
        for (ReportTable table : tables.tables()) {
            line(out, "");
            line(out, bold(table.title()));
            table(out, table);
        }
        explain(out, tables);
        if (!report.caveats().isEmpty()) {
            line(out, "");
            line(out, bold("Before you trust the numbers"));
            for (String caveat : report.caveats()) {
                paragraph(out, "- ", Printable.of(caveat));
            }
        }
    }

    private void explain(Appendable out, DayTables tables) throws IOException {
        List<Advice> explained = tables.advice(MOST_EXPLAINED);
        if (explained.isEmpty()) {
            return;
        }
        line(out, "");
        line(out, bold("What to do next"));
        for (Advice advice : explained) {
            Diagnosis diagnosis = advice.diagnosis();
            line(out, "");
            line(out, Printable.of(advice.servers()) + ": " + diagnosis.words());
            paragraph(out, "  ", Printable.of(diagnosis.why()));
            for (Step step : diagnosis.next()) {
                paragraph(out, "  ", Printable.of(step.what()));
                if (step.command() != null) {
                    line(out, "      " + Printable.of(step.command()));
                }
            }
        }
    }

    private String bold(String text) {
        return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    private String paint(Level level, String text) {
        if (!colour) {
            return text;
        }
        String code = switch (level) {
            case OK -> "32";
            case TROUBLE -> "33";
            case DOWN -> "31";
            case UNKNOWN -> "36";
        };
        return "\u001b[1;" + code + "m" + text + "\u001b[0m";
    }
}
