package io.risefall.query.sql;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Rows as a Parquet file. The instance that runs the user's SQL may write no file: another one, which lives in memory, only for this
 * and sees no SQL but this, takes the rows as texts and makes of them what they were. What is nested stays text.
 */
final class ParquetRows {
    private static final Set<String> TYPES = Set.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "HUGEINT",
            "UHUGEINT",
            "FLOAT",
            "DOUBLE",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "TIMESTAMP WITH TIME ZONE",
            "INTERVAL",
            "UUID",
            "BLOB");

    /** What is kept of an answer at most; a compressed file is shorter. */
    private static final long MOST_CHARACTERS = 1L << 30;

    private ParquetRows() {}

    /**
     * Writes all rows.
     *
     * @param rows columns of texts
     * @param names how the columns are called
     * @param types of what the texts are, as DuckDB calls it
     */
    static void write(ResultSet rows, List<String> names, List<String> types, OutputStream out)
            throws SQLException, IOException {
        Path folder = Files.createTempDirectory("risefall-parquet");
        try {
            Path file = folder.resolve("rows.parquet");
            try (Connection own = DriverManager.getConnection("jdbc:duckdb:");
                    Statement statement = own.createStatement()) {
                statement.execute("set memory_limit = '128MB'");
                statement.execute("set threads = 1");
                statement.execute("set TimeZone = 'UTC'");
                statement.execute(
                        "set temp_directory = " + quoted(folder.resolve("spill").toString()));
                statement.execute("create table texts (" + each(names, column -> "c" + column + " varchar") + ")");
                append(own.unwrap(DuckDBConnection.class), rows, names.size());
                statement.execute("copy (select " + each(names, column -> value(names, types, column))
                        + " from texts) to " + quoted(file.toString()) + " (format parquet)");
            }
            Files.copy(file, out);
        } finally {
            delete(folder);
        }
    }

    private static void append(DuckDBConnection own, ResultSet rows, int columns) throws SQLException {
        long characters = 0;
        try (DuckDBAppender appender = own.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "texts")) {
            while (rows.next()) {
                appender.beginRow();
                for (int column = 1; column <= columns; column++) {
                    String text = rows.getString(column);
                    characters += text == null ? 1 : text.length() + 1;
                    appender.append(text);
                }
                appender.endRow();
                if (characters > MOST_CHARACTERS) {
                    throw new QueryException("the answer is longer than " + (MOST_CHARACTERS >> 20)
                            + " MiB; select less, with LIMIT or in parts");
                }
            }
        }
    }

    private interface OfColumn {
        String sql(int column);
    }

    private static String each(List<String> names, OfColumn part) {
        return IntStream.range(0, names.size()).mapToObj(part::sql).collect(Collectors.joining(", "));
    }

    private static String value(List<String> names, List<String> types, int column) {
        String type = types.get(column);
        boolean kept = TYPES.contains(type) || type.matches("DECIMAL\\(\\d+,\\d+\\)|TIMESTAMP_(S|MS|NS)");
        return (kept ? "c" + column + "::" + type : "c" + column) + " as \""
                + names.get(column).replace("\"", "\"\"") + '"';
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
