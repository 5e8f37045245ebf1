package io.risefall.query.warehouse;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A warehouse's file that no service has open. */
public final class WarehouseFile {
    private WarehouseFile() {}

    /**
     * Puts its write-ahead log into it, and changes nothing else: tables and views stay those of the build that wrote them.
     *
     * @throws WarehouseException if it cannot be opened
     */
    public static void settle(Path file) {
        try (Connection warehouse = DriverManager.getConnection("jdbc:duckdb:" + file.toAbsolutePath());
                Statement statement = warehouse.createStatement()) {
            statement.execute("CHECKPOINT");
        } catch (SQLException e) {
            throw new WarehouseException("cannot open " + file + ": " + e.getMessage(), e);
        }
    }
}
