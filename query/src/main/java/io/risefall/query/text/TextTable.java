package io.risefall.query.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rows of cells under each other: a column is as wide as its widest measured cell, up to its limit. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final Rule rule;
    private final int[] widths;

    /** @param measured the rows that decide on the widths */
    public TextTable(List<Column> columns, List<List<String>> measured, Rule rule) {
        this.columns = List.copyOf(columns);
        this.rule = rule;
        widths = new int[columns.size()];
        measure(columns.stream().map(Column::head).toList());
        measured.forEach(this::measure);
    }

    /**
     * A column.
     *
     * @param right whether cells are aligned to the right
     * @param limit longer cells are wrapped, between words where they have some
     */
    public record Column(String head, boolean right, int limit) {}

    /** What is between the head and the rows. */
    public enum Rule {
        /** Dashes under each head. */
        BY_COLUMN,
        /** One line across, a character wider than the table on both sides. */
        ACROSS
    }

    private void measure(List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(
                    widths[i], Math.min(columns.get(i).limit(), cells.get(i).length()));
        }
    }

    /** Characters from the first column to the last. */
    public int width() {
        int width = GAP.length() * (widths.length - 1);
        for (int column : widths) {
            width += column;
        }
        return width;
    }

    /** Writes the head and the rule below it. */
    public void head(Appendable out) throws IOException {
        row(columns.stream().map(Column::head).toList(), out);
        if (rule == Rule.ACROSS) {
            out.append("-".repeat(width() + 2)).append('\n');
            return;
        }
        List<String> dashes = new ArrayList<>();
        for (int width : widths) {
            dashes.add("-".repeat(width));
        }
        out.append(String.join(GAP, dashes)).append('\n');
    }

    /** Writes one row, on several lines where a cell is wrapped. */
    public void row(List<String> cells, Appendable out) throws IOException {
        List<List<String>> wrapped = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            wrapped.add(wrap(cells.get(i), columns.get(i).limit()));
        }
        int lines = Collections.max(wrapped.stream().map(List::size).toList());
        for (int line = 0; line < lines; line++) {
            StringBuilder text = new StringBuilder(rule == Rule.ACROSS ? " " : "");
            for (int i = 0; i < widths.length; i++) {
                String cell = line < wrapped.get(i).size() ? wrapped.get(i).get(line) : "";
                String padding = " ".repeat(Math.max(0, widths[i] - cell.length()));
                text.append(i == 0 ? "" : GAP).append(columns.get(i).right() ? padding + cell : cell + padding);
            }
            out.append(text.toString().stripTrailing()).append('\n');
        }
    }

    private static List<String> wrap(String cell, int limit) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (cell.length() - from > limit) {
            int space = cell.lastIndexOf(' ', from + limit);
            boolean between = space > from;
            lines.add(cell.substring(from, between ? space : from + limit));
            from = between ? space + 1 : from + limit;
        }
        lines.add(cell.substring(from));
        return lines;
    }
}
