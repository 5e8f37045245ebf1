package io.risefall.query.report.text;

import io.risefall.query.text.Counts;
import java.util.List;

/**
 * A titled table of words, for the two formats that are read line by line: text and Markdown.
 *
 * @param note a sentence under it; may be empty
 */
public record ReportTable(String title, List<Column> columns, List<List<String>> rows, String note) {
    public ReportTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * A column.
     *
     * @param head its head, with the unit where it has one
     * @param right whether cells are aligned to the right
     * @param width how wide it may get in text, in characters
     */
    public record Column(String head, boolean right, int width) {}

    /** The first rows, with a note that says how many more there are. */
    public ReportTable cut(int most) {
        int more = rows.size() - most;
        return more <= 0
                ? this
                : new ReportTable(
                        title,
                        columns,
                        rows.subList(0, most),
                        (Counts.grouped(more) + " more: see --format json. " + note).strip());
    }

    /** A column of words. */
    public static Column left(String head, int width) {
        return new Column(head, false, width);
    }

    /** A column of numbers. */
    public static Column right(String head, int width) {
        return new Column(head, true, width);
    }
}
