package io.risefall.query.text;

import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A result as columns under each other, or with a line per column where that is wider than there is room. Widths come from the first rows, so that a result of any length is written as it
 * comes; a longer cell further down pushes its row to the right.
 */
public final class TextTable {
    /** Rows that are measured before the first is written, and how much of them. */
    private static final int MEASURED = 10_000;

    private static final int MEASURED_CHARACTERS = 8 * 1024 * 1024;

    private static final String GAP = "  ";

    private TextTable() {}

    public static void write(Cells cells, ResultSet rows, Writer writer, int width) throws SQLException, IOException {
        List<List<String>> measured = new ArrayList<>();
        int[] widths = cells.names().stream().mapToInt(String::length).toArray();
        long characters = 0;
        while (measured.size() < MEASURED && characters < MEASURED_CHARACTERS && rows.next()) {
            List<String> row = row(cells, rows);
            measured.add(row);
            characters += row.stream().mapToLong(String::length).sum();
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        int wide = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
        if (width > 0 && wide > width && !measured.isEmpty()) {
            VerticalRows.write(cells, measured, rows, writer);
            return;
        }
        line(cells, cells.names(), widths, writer);
        StringBuilder rule = new StringBuilder();
        for (int column : widths) {
            rule.append(rule.isEmpty() ? "" : GAP).append("-".repeat(column));
        }
        writer.append(rule).append('\n');
        long count = measured.size();
        for (List<String> row : measured) {
            line(cells, row, widths, writer);
        }
        while (rows.next()) {
            line(cells, row(cells, rows), widths, writer);
            count++;
        }
        end(count, writer);
    }

    static void end(long count, Writer writer) throws IOException {
        writer.append('(').append(String.valueOf(count)).append(count == 1 ? " row)\n" : " rows)\n");
        writer.flush();
    }

    /** The cells of the present row as they are shown. */
    static List<String> row(Cells cells, ResultSet rows) throws SQLException {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= cells.names().size(); column++) {
            String text = cells.text(rows, column);
            row.add(text == null ? "-" : Printable.of(text));
        }
        return row;
    }

    private static void line(Cells cells, List<String> row, int[] widths, Writer writer) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(Math.max(0, widths[i] - row.get(i).length()));
            boolean right = cells.isNumber(i + 1);
            line.append(i == 0 ? "" : GAP)
                    .append(right ? padding : "")
                    .append(row.get(i))
                    .append(right ? "" : padding);
        }
        writer.append(line.toString().stripTrailing()).append('\n');
    }
}
