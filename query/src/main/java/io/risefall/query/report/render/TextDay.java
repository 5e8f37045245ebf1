package io.risefall.query.report.render;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import io.risefall.query.report.cause.Diagnosis;
import io.risefall.query.report.cause.Diagnosis.Step;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.Level;
import io.risefall.query.report.text.Advice;
import io.risefall.query.report.text.DayWords;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A day's report for a terminal of 100 columns. */
final class TextDay implements ReportFormat.Renderer {
    private static final int WIDTH = 100;
    private static final int MOST_EXPLAINED = 6;
    private static final Character[] RULE_UNDER_HEAD = AsciiTable.NO_BORDERS.clone();

    static {
        // Positions 8 to 10 of the library's border are the rule between head and rows.
        RULE_UNDER_HEAD[8] = '-';
    }

    private final boolean colour;

    TextDay(boolean colour) {
        this.colour = colour;
    }

    @Override
    public void render(DayReport report, Appendable out) throws IOException {
        DayTables tables = new DayTables(report);
        String title = new DayWords(report).title();
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
            line(out, draw(table));
            if (!table.note().isEmpty()) {
                paragraph(out, "", Printable.of(table.note()));
            }
        }
        explain(out, tables);
        if (!report.caveats().isEmpty()) {
            line(out, "");
            line(out, bold("Before believing the numbers"));
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

    private static String draw(ReportTable table) {
        List<ColumnData<List<String>>> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            ReportTable.Column column = table.columns().get(i);
            int at = i;
            columns.add(new Column()
                    .header(column.head())
                    .headerAlign(column.right() ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
                    .dataAlign(column.right() ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
                    .maxWidth(column.width() + 2, OverflowBehaviour.NEWLINE)
                    .with(row -> Printable.of(row.get(at))));
        }
        return AsciiTable.builder()
                .border(RULE_UNDER_HEAD)
                .data(table.rows(), columns)
                .asString()
                .lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
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
