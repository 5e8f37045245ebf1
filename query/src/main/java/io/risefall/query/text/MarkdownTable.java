package io.risefall.query.text;

import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A result as a table of GitHub's Markdown. Nothing in a cell can end the cell or become markup. */
public final class MarkdownTable {
    private MarkdownTable() {}

    public static void write(Cells cells, ResultSet rows, Writer writer) throws SQLException, IOException {
        for (String name : cells.names()) {
            writer.append("| ").append(escaped(name)).append(' ');
        }
        writer.append("|\n");
        for (int column = 1; column <= cells.names().size(); column++) {
            writer.append(cells.isNumber(column) ? "| ---: " : "| --- ");
        }
        writer.append("|\n");
        while (rows.next()) {
            for (int column = 1; column <= cells.names().size(); column++) {
                String text = cells.text(rows, column);
                writer.append("| ").append(text == null ? "-" : escaped(text)).append(' ');
            }
            writer.append("|\n");
        }
        writer.flush();
    }

    private static String escaped(String text) {
        return Printable.of(text).replaceAll("([\\\\`*_\\[\\]<>|~#])", "\\\\$1");
    }
}
