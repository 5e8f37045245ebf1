package io.risefall.query.warehouse.facts;

import io.risefall.query.warehouse.table.Row;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as Parquet. The warehouse's instance runs the SQL of users and may write no file: another one, which lives in memory,
 * only for this and sees no SQL but this, takes the rows. Used by one thread.
 */
final class FactFile implements AutoCloseable {
    /** What {@link FactSql#rows} gives as microseconds. */
    static final String TIME = "TIMESTAMP WITH TIME ZONE";

    private final Connection own;

    /** @param spill an empty folder for what does not fit into memory */
    FactFile(Path spill) throws SQLException {
        own = DriverManager.getConnection("jdbc:duckdb:");
        execute("set memory_limit = '128MB'");
        execute("set threads = 1");
        execute("set TimeZone = 'UTC'");
        execute("set temp_directory = " + quoted(spill));
    }

    /**
     * Writes the rows of a table in their order.
     *
     * @param rows what {@link FactSql#rows} asks for
     * @return how many there were; without any there is no file
     * @throws InterruptedException if this thread is to end
     */
    long write(FactTable table, ResultSet rows, Path file) throws SQLException, InterruptedException {
        execute(FactSql.made(table));
        try {
            long count = append(table, rows);
            if (count > 0) {
                execute("copy (from rows) to " + quoted(file) + " (format parquet, compression zstd)");
            }
            return count;
        } finally {
            execute("drop table rows");
        }
    }

    private long append(FactTable table, ResultSet rows) throws SQLException, InterruptedException {
        long count = 0;
        try (DuckDBAppender appender =
                own.unwrap(DuckDBConnection.class).createAppender(DuckDBConnection.DEFAULT_SCHEMA, "rows")) {
            while (rows.next()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedException();
                }
                Row row = new Row(appender);
                for (int i = 0; i < table.columns().size(); i++) {
                    append(row, table.columns().get(i).type(), rows, i + 1);
                }
                row.end();
                count++;
            }
        }
        return count;
    }

    private static void append(Row row, String type, ResultSet rows, int column) throws SQLException {
        switch (type) {
            case "VARCHAR" -> row.text(rows.getString(column));
            case "BIGINT" -> row.whole(orNull(rows, rows.getLong(column)));
            case "INTEGER" -> row.small(orNull(rows, rows.getInt(column)));
            case "DOUBLE" -> row.real(orNull(rows, rows.getDouble(column)));
            case "BOOLEAN" -> row.flag(orNull(rows, rows.getBoolean(column)));
            case "DATE" -> row.day(rows.getObject(column, LocalDate.class));
            case TIME -> {
                Long micros = orNull(rows, rows.getLong(column));
                row.time(micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
            }
            default -> throw new IllegalStateException("no facts have the type " + type);
        }
    }

    private static <T> @Nullable T orNull(ResultSet rows, T value) throws SQLException {
        return rows.wasNull() ? null : value;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = own.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        own.close();
    }
}
