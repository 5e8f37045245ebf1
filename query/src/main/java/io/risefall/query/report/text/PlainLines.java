package io.risefall.query.report.text;

import io.risefall.query.text.Printable;
import io.risefall.query.text.TextTable;
import java.io.IOException;
import java.util.List;

/** Lines for a terminal, of 100 columns unless said otherwise. */
public final class PlainLines {
    public static final int WIDTH = 100;

    private PlainLines() {}

    public static void line(Appendable out, String text) throws IOException {
        out.append(text).append('\n');
    }

    /** A title with a line under it. */
    public static void title(Appendable out, String title) throws IOException {
        line(out, title);
        line(out, "=".repeat(title.length()));
        line(out, "");
    }

    /** Wraps at the usual width; the first line begins with {@code head}, the others with blanks of its length. */
    public static void paragraph(Appendable out, String head, String text) throws IOException {
        paragraph(out, head, text, WIDTH);
    }

    /** The same at another width. */
    public static void paragraph(Appendable out, String head, String text, int width) throws IOException {
        StringBuilder row = new StringBuilder(head);
        for (String word : text.split(" ", -1)) {
            if (row.length() > head.length() && row.length() + word.length() > width) {
                line(out, row.toString().stripTrailing());
                row = new StringBuilder(" ".repeat(head.length()));
            }
            row.append(word).append(' ');
        }
        line(out, row.toString().stripTrailing());
    }

    /** The head and the rows of a table, and its note; not its title. */
    public static void table(Appendable out, ReportTable table) throws IOException {
        table(out, table, WIDTH);
    }

    /** The same, with a note of another width. */
    public static void table(Appendable out, ReportTable table, int width) throws IOException {
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
        if (!table.note().isEmpty()) {
            paragraph(out, "", Printable.of(table.note()), width);
        }
    }
}
