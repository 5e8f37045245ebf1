package io.risefall.query.report.render;

import io.risefall.query.report.cause.Diagnosis;
import io.risefall.query.report.cause.Diagnosis.Step;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.Level;
import io.risefall.query.report.text.Advice;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.text.Printable;
import io.risefall.query.text.TextTable;
import java.io.IOException;
import java.util.List;

/** A day's report for a terminal of 100 columns. */
final class TextDay implements ReportFormat.Renderer {
    private static final int WIDTH = 100;
    private static final int MOST_EXPLAINED = 6;

    private final boolean colour;

    TextDay(boolean colour) {
        this.colour = colour;
    }

    @Override
    public void render(DayReport report, Appendable out) throws IOException {
        DayTables tables = new DayTables(report);
        String title = new DayText(report).title();
        line(out, title);
        line(out, "=".repeat(title.length()));
        line(out, "");
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
            draw(out, table);
            if (!table.note().isEmpty()) {
                paragraph(out, "", Printable.of(table.note()));
            }
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

    private static void draw(Appendable out, ReportTable table) throws IOException {
        List<TextTable.Column> columns = table.columns().stream()
                .map(column -> new TextTable.Column(column.head(), column.right(), column.width()))
                .toList();
        List<List<String>> rows = table.rows().stream()
                .map(row -> row.stream().map(Printable::of).toList())
                .toList();
        TextTable text = new TextTable(columns, rows, TextTable.Rule.ACROSS);
        text.head(out);
        for (List<String> row : rows) {
            text.row(row, out);
        }
    }

    /** Wraps at {@link #WIDTH}; the first line begins with {@code head}, the others with blanks of its length. */
    private static void paragraph(Appendable out, String head, String text) throws IOException {
        StringBuilder row = new StringBuilder(head);
        for (String word : text.split(" ", -1)) {
            if (row.length() > head.length() && row.length() + word.length() > WIDTH) {
                line(out, row.toString().stripTrailing());
                row = new StringBuilder(" ".repeat(head.length()));
            }
            row.append(word).append(' ');
        }
        line(out, row.toString().stripTrailing());
    }

    private static void line(Appendable out, String text) throws IOException {
        out.append(text).append('\n');
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
