package io.risefall.query.warehouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** New warehouses of tests: copies of one whose tables and views were made once, because to make them takes a second. */
public final class Warehouses {
    private static final byte[] EMPTY = empty();

    private Warehouses() {}

    /** As {@link Warehouse#open(Path, ZoneId)}. */
    public static Warehouse open(Path file, ZoneId zone) {
        return open(file, zone, null);
    }

    /** As {@link Warehouse#open(Path, ZoneId, RolePatterns)}. */
    public static Warehouse open(Path file, ZoneId zone, @Nullable RolePatterns roles) {
        try {
            if (!Files.exists(file)) {
                Files.write(file, EMPTY);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Warehouse.open(file, zone, roles);
    }

    /** The result of {@code sql}: a line per row, its cells with commas between. */
    public static List<String> table(Warehouse warehouse, String sql) throws SQLException {
        try (Connection connection = warehouse.read()) {
            return table(connection, sql);
        }
    }

    /** As above. */
    public static List<String> table(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    cells.add(String.valueOf(rows.getString(i)));
                }
                lines.add(String.join(", ", cells));
            }
            return lines;
        }
    }

    private static byte[] empty() {
        try {
            Path folder = Files.createTempDirectory("empty-warehouse");
            Path file = folder.resolve("w.duckdb");
            Warehouse.open(file, ZoneOffset.UTC).close();
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            Files.delete(folder);
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
