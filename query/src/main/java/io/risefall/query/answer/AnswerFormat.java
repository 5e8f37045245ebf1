package io.risefall.query.answer;

import io.risefall.query.report.text.MarkdownLines;
import io.risefall.query.report.text.PlainLines;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.text.MarkdownText;
import io.risefall.query.text.PrettyJson;
import io.risefall.query.text.Printable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The formats of an answer. */
public enum AnswerFormat {
    /** For a terminal of 100 columns. */
    TEXT((page, out) -> text(page, out, PlainLines.WIDTH)),
    /** GitHub Markdown. */
    MARKDOWN(AnswerFormat::markdown),
    /** All of it for programs; words of the log are not changed. */
    JSON((page, out) -> out.append(PrettyJson.of(page.json())).append('\n')),
    /** RFC 4180 with a header: all rows, without the sentence and the notes. */
    CSV(AnswerFormat::csv);

    /** So much of each table is printed for people. */
    private static final int MOST_ROWS = 40;

    private static final String NOTES = "Before you trust the numbers";

    private final Renderer renderer;

    AnswerFormat(Renderer renderer) {
        this.renderer = renderer;
    }

    /** Writes the answer as UTF-8 and leaves {@code out} open. */
    public void write(AnswerPage page, OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        renderer.render(page, writer);
        writer.flush();
    }

    /** As {@link #TEXT}, with sentences of another width; tables are as wide as what is in them. */
    public static void text(AnswerPage page, Appendable out, int width) throws IOException {
        PlainLines.title(out, Printable.of(page.title()));
        PlainLines.paragraph(out, "", Printable.of(page.sentence()), width);
        if (!page.facts().isEmpty()) {
            PlainLines.line(out, "");
        }
        for (List<String> fact : page.facts()) {
            PlainLines.paragraph(out, "%-10s ".formatted(fact.get(0)), Printable.of(fact.get(1)), width);
        }
        for (ReportTable table : page.tables()) {
            PlainLines.line(out, "");
            PlainLines.line(out, table.title());
            PlainLines.table(out, table.cut(MOST_ROWS), width);
        }
        if (!page.notes().isEmpty()) {
            PlainLines.line(out, "");
            PlainLines.line(out, NOTES);
            for (String note : page.notes()) {
                PlainLines.paragraph(out, "- ", Printable.of(note), width);
            }
        }
    }

    private static void markdown(AnswerPage page, Appendable out) throws IOException {
        out.append("# ").append(MarkdownText.escape(page.title())).append("\n\n");
        out.append("**").append(MarkdownText.escape(page.sentence())).append("**\n");
        if (!page.facts().isEmpty()) {
            out.append("\n| | |\n|---|---|\n");
        }
        for (List<String> fact : page.facts()) {
            MarkdownLines.row(out, fact);
        }
        for (ReportTable table : page.tables()) {
            MarkdownLines.table(out, table.cut(MOST_ROWS));
        }
        if (!page.notes().isEmpty()) {
            out.append("\n## ").append(NOTES).append("\n\n");
            for (String note : page.notes()) {
                out.append("- ").append(MarkdownText.escape(note)).append('\n');
            }
        }
    }

    private static void csv(AnswerPage page, Appendable out) throws IOException {
        CSVPrinter printer = new CSVPrinter(
                out, CSVFormat.RFC4180.builder().setRecordSeparator("\n").get());
        for (List<String> row : page.rows()) {
            printer.printRecord(row);
        }
    }

    /** Prints an answer in one format; has no state. */
    interface Renderer {
        void render(AnswerPage page, Appendable out) throws IOException;
    }
}
