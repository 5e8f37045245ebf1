package io.risefall.query.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.risefall.query.text.Cells;
import io.risefall.query.text.MarkdownTable;
import io.risefall.query.text.ResultTable;
import io.risefall.query.text.VerticalRows;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** How rows are written; UTF-8. */
public enum ResultFormat {
    /** Columns under each other, for people. */
    TABLE("text/plain; charset=utf-8") {
        @Override
        void rows(Cells cells, List<String> types, ResultSet rows, OutputStream out, int width)
                throws SQLException, IOException {
            ResultTable.write(cells, rows, writer(out), width);
        }
    },
    /** A line per column, for people and rows that are wider than a screen. */
    VERTICAL("text/plain; charset=utf-8") {
        @Override
        void rows(Cells cells, List<String> types, ResultSet rows, OutputStream out, int width)
                throws SQLException, IOException {
            VerticalRows.write(cells, rows, writer(out));
        }
    },
    /** RFC 4180 with a header; null is empty. */
    CSV("text/csv; charset=utf-8") {
        @Override
        void rows(Cells cells, List<String> types, ResultSet rows, OutputStream out, int width)
                throws SQLException, IOException {
            Writer writer = writer(out);
            CSVPrinter printer = new CSVPrinter(
                    writer, CSVFormat.RFC4180.builder().setRecordSeparator("\n").get());
            printer.printRecord(cells.names());
            while (rows.next()) {
                for (int column = 1; column <= cells.names().size(); column++) {
                    String text = cells.text(rows, column);
                    printer.print(text == null ? "" : text);
                }
                printer.println();
            }
            writer.flush();
        }
    },
    /** An array of objects. */
    JSON("application/json") {
        @Override
        void rows(Cells cells, List<String> types, ResultSet rows, OutputStream out, int width)
                throws SQLException, IOException {
            JsonGenerator json = generator(out);
            json.writeStartArray();
            String lineEnd = "\n";
            while (rows.next()) {
                json.writeRaw(lineEnd);
                lineEnd = "";
                object(cells, rows, json);
                json.writeRaw("\n");
            }
            json.writeEndArray();
            json.writeRaw("\n");
            json.flush();
        }
    },
    /** An object per line. */
    NDJSON("application/x-ndjson") {
        @Override
        void rows(Cells cells, List<String> types, ResultSet rows, OutputStream out, int width)
                throws SQLException, IOException {
            JsonGenerator json = generator(out).setRootValueSeparator(new SerializedString(""));
            while (rows.next()) {
                object(cells, rows, json);
                json.writeRaw("\n");
            }
            json.flush();
        }
    },
    /** A table of GitHub's Markdown. */
    MARKDOWN("text/markdown; charset=utf-8") {
        @Override
        void rows(Cells cells, List<String> types, ResultSet rows, OutputStream out, int width)
                throws SQLException, IOException {
            MarkdownTable.write(cells, rows, writer(out));
        }
    },
    /** A file for other programs; columns keep their types. */
    PARQUET("application/vnd.apache.parquet") {
        @Override
        String readable(String expression, String type) {
            return Cells.readableText(expression, type);
        }

        @Override
        void rows(Cells cells, List<String> types, ResultSet rows, OutputStream out, int width)
                throws SQLException, IOException {
            ParquetRows.write(rows, cells.names(), types, out);
        }
    };

    private final String contentType;

    ResultFormat(String contentType) {
        this.contentType = contentType;
    }

    /** Of HTTP. */
    public String contentType() {
        return contentType;
    }

    /** Whether it is for programs only: a terminal would show nonsense. */
    public boolean isBinary() {
        return this == PARQUET;
    }

    /** SQL that gives the value of {@code expression}, of this type of DuckDB's, as it is read here. */
    String readable(String expression, String type) {
        return Cells.readable(expression, type);
    }

    /**
     * Writes all rows; leaves {@code out} open.
     *
     * @param types of the columns before they became {@link #readable}, as DuckDB calls them
     * @param width as {@link ResultLayout} says
     */
    void write(ResultSet rows, List<String> types, OutputStream out, int width) throws SQLException, IOException {
        rows(new Cells(rows.getMetaData()), types, rows, out, width);
    }

    abstract void rows(Cells cells, List<String> types, ResultSet rows, OutputStream out, int width)
            throws SQLException, IOException;

    /** The format of this name, in any case. */
    public static ResultFormat of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static JsonGenerator generator(OutputStream out) throws IOException {
        return new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    private static void object(Cells cells, ResultSet rows, JsonGenerator json) throws SQLException, IOException {
        json.writeStartObject();
        for (int column = 1; column <= cells.names().size(); column++) {
            json.writeFieldName(cells.names().get(column - 1));
            cells.json(rows, column, json);
        }
        json.writeEndObject();
    }

    private static Writer writer(OutputStream out) {
        return new OutputStreamWriter(out, StandardCharsets.UTF_8);
    }
}
