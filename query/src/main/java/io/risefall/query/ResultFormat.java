package io.risefall.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
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
    TABLE {
        @Override
        long rows(Cells cells, ResultSet rows, OutputStream out) throws SQLException, IOException {
            return TextTable.write(cells, rows, writer(out));
        }
    },
    /** RFC 4180 with a header; null is empty. */
    CSV {
        @Override
        long rows(Cells cells, ResultSet rows, OutputStream out) throws SQLException, IOException {
            Writer writer = writer(out);
            CSVPrinter printer = new CSVPrinter(
                    writer, CSVFormat.RFC4180.builder().setRecordSeparator("\n").get());
            printer.printRecord(cells.names());
            long count = 0;
            while (rows.next()) {
                for (int column = 1; column <= cells.names().size(); column++) {
                    String text = cells.text(rows, column);
                    printer.print(text == null ? "" : text);
                }
                printer.println();
                count++;
            }
            writer.flush();
            return count;
        }
    },
    /** An array of objects. */
    JSON {
        @Override
        long rows(Cells cells, ResultSet rows, OutputStream out) throws SQLException, IOException {
            JsonGenerator json = JSON_FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartArray();
            long count = 0;
            while (rows.next()) {
                json.writeRaw(count == 0 ? "\n" : "");
                json.writeStartObject();
                for (int column = 1; column <= cells.names().size(); column++) {
                    json.writeFieldName(cells.names().get(column - 1));
                    cells.json(rows, column, json);
                }
                json.writeEndObject();
                json.writeRaw("\n");
                count++;
            }
            json.writeEndArray();
            json.writeRaw("\n");
            json.flush();
            return count;
        }
    },
    /** A table of GitHub's Markdown. */
    MARKDOWN {
        @Override
        long rows(Cells cells, ResultSet rows, OutputStream out) throws SQLException, IOException {
            return MarkdownTable.write(cells, rows, writer(out));
        }
    };

    private static final JsonFactory JSON_FACTORY = new JsonFactory();

    /**
     * What was written.
     *
     * @param rows how many rows
     */
    public record Summary(long rows) {}

    /** Writes all rows; leaves {@code out} open. */
    public Summary write(ResultSet rows, OutputStream out) throws SQLException, IOException {
        return new Summary(rows(new Cells(rows.getMetaData()), rows, out));
    }

    abstract long rows(Cells cells, ResultSet rows, OutputStream out) throws SQLException, IOException;

    /** The format of this name, in any case. */
    public static ResultFormat of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The names, as users write them. */
    public static List<String> names() {
        return List.of(values()).stream()
                .map(format -> format.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Writer writer(OutputStream out) {
        return new OutputStreamWriter(out, StandardCharsets.UTF_8);
    }
}
