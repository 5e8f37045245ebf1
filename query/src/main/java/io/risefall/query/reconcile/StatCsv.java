package io.risefall.query.reconcile;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Reads the CSV of {@code show stat}, or of the statistics page's link; columns are found by their names, as versions add some. */
final class StatCsv {
    private static final String BEGIN = "# pxname,svname,";
    private static final String TYPE_SERVER = "2";

    private StatCsv() {}

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    static List<CountedServer> servers(String csv) {
        if (!csv.startsWith(BEGIN)) {
            throw new IllegalArgumentException("it does not begin with \"" + BEGIN
                    + "…\"; save what HAProxy answers to \"show stat\", or the CSV link of its statistics page");
        }
        List<CountedServer> servers = new ArrayList<>();
        try (CSVParser parser = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setAllowMissingColumnNames(true)
                .get()
                .parse(new StringReader(csv.substring(2)))) {
            for (CSVRecord row : parser) {
                if (text(row, "type").equals(TYPE_SERVER)) {
                    servers.add(new CountedServer(
                            text(row, "pxname"),
                            text(row, "svname"),
                            text(row, "status"),
                            number(row, "chkdown"),
                            number(row, "downtime"),
                            number(row, "lastchg")));
                }
            }
        } catch (IOException | IllegalStateException e) {
            throw new IllegalArgumentException("it is not the CSV of show stat: " + e.getMessage(), e);
        }
        return servers;
    }

    private static String text(CSVRecord row, String column) {
        return row.isSet(column) ? row.get(column) : "";
    }

    private static @Nullable Long number(CSVRecord row, String column) {
        String text = text(row, column);
        try {
            return text.isEmpty() ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "record " + row.getRecordNumber() + " has no number in column " + column, e);
        }
    }
}
