package io.risefall.query.report.text;

import io.risefall.query.text.MarkdownText;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Parts of a page of GitHub Markdown. Words of the log can make neither markup nor links nor tables of their own. */
public final class MarkdownLines {
    private MarkdownLines() {}

    public static void row(Appendable out, List<String> cells) throws IOException {
        out.append(cells.stream().map(MarkdownText::escape).collect(Collectors.joining(" | ", "| ", " |")))
                .append('\n');
    }

    /** A titled table, and its note. */
    public static void table(Appendable out, ReportTable table) throws IOException {
        out.append("\n## ").append(table.title()).append("\n\n");
        row(out, table.columns().stream().map(ReportTable.Column::head).toList());
        out.append(table.columns().stream()
                        .map(column -> column.right() ? "---:" : "---")
                        .collect(Collectors.joining("|", "|", "|")))
                .append('\n');
        for (List<String> cells : table.rows()) {
            row(out, cells);
        }
        if (!table.note().isEmpty()) {
            out.append('\n').append(MarkdownText.escape(table.note())).append('\n');
        }
    }
}
