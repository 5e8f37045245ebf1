package io.risefall.query.text;

import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** A result with a line per column, for rows that are wider than a screen. */
public final class VerticalRows {
    private VerticalRows() {}

    public static void write(Cells cells, ResultSet rows, Writer writer) throws SQLException, IOException {
        write(cells, List.of(), rows, writer);
    }

    /** @param first rows that have been read already */
    static void write(Cells cells, List<List<String>> first, ResultSet rows, Writer writer)
            throws SQLException, IOException {
        List<String> names = cells.names();
        int widest = names.stream().mapToInt(String::length).max().orElse(0);
        long count = 0;
        for (List<String> row : first) {
            row(++count, names, row, widest, writer);
        }
        while (rows.next()) {
            row(++count, names, ResultTable.row(cells, rows), widest, writer);
        }
        ResultTable.end(count, writer);
    }

    private static void row(long number, List<String> names, List<String> row, int widest, Writer writer)
            throws IOException {
        writer.append("-- row ").append(String.valueOf(number)).append(" --\n");
        for (int i = 0; i < row.size(); i++) {
            String name = names.get(i);
            writer.append(name)
                    .append(" ".repeat(widest - name.length()))
                    .append("  ")
                    .append(row.get(i))
                    .append('\n');
        }
    }
}
