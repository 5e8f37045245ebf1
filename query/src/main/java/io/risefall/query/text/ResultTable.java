package io.risefall.query.text;

import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A result as a table, or with a line per column where the table is wider than the screen. Widths come from the first rows,
 * so that a result of any length is written as it comes; a longer cell further down pushes its row to the right.
 */
public final class ResultTable {
    /** Rows that are measured before the first is written, and how much of them. */
    private static final int MEASURED = 10_000;

    private static final int MEASURED_CHARACTERS = 8 * 1024 * 1024;

    private ResultTable() {}

    /** @param width of the screen in characters; 0 where there is none */
    public static void write(Cells cells, ResultSet rows, Writer writer, int width) throws SQLException, IOException {
        List<List<String>> measured = new ArrayList<>();
        long characters = 0;
        while (measured.size() < MEASURED && characters < MEASURED_CHARACTERS && rows.next()) {
            List<String> row = row(cells, rows);
            measured.add(row);
            characters += row.stream().mapToLong(String::length).sum();
        }
        TextTable table = new TextTable(columns(cells), measured, TextTable.Rule.BY_COLUMN);
        if (width > 0 && table.width() > width && !measured.isEmpty()) {
            VerticalRows.write(cells, measured, rows, writer);
            return;
        }
        table.head(writer);
        long count = measured.size();
        for (List<String> row : measured) {
            table.row(row, writer);
        }
        while (rows.next()) {
            table.row(row(cells, rows), writer);
            count++;
        }
        end(count, writer);
    }

    private static List<TextTable.Column> columns(Cells cells) {
        List<TextTable.Column> columns = new ArrayList<>();
        for (String name : cells.names()) {
            columns.add(new TextTable.Column(name, cells.isNumber(columns.size() + 1), Integer.MAX_VALUE));
        }
        return columns;
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
}
