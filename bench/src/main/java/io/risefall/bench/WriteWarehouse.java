package io.risefall.bench;

import io.risefall.query.sql.PreparedStatements;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.derived.CheckGaps;
import io.risefall.query.warehouse.derived.LastEvents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.duckdb.DuckDBConnection;

/**
 * Writes the warehouse of a large fleet after some months, without its log: {@code FILE LAST_DAY DAYS NODES SERVERS OUTAGES EVENTS SEED}.
 * The tables are those of this build; their rows are made in {@code scale.sql}. The same arguments give the same rows.
 */
final class WriteWarehouse {
    private WriteWarehouse() {}

    public static void main(String[] args) throws SQLException, IOException {
        Path file = Path.of(args[0]).toAbsolutePath();
        if (Files.exists(file)) {
            throw new IOException(file + " exists; give another data directory or remove it");
        }
        Files.createDirectories(file.getParent());
        Warehouse.open(file, ZoneOffset.UTC).close();
        LocalDate end = LocalDate.parse(args[1]).plusDays(1);
        long begun = System.nanoTime();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement();
                InputStream rows = WriteWarehouse.class.getResourceAsStream("scale.sql")) {
            statement.execute("set TimeZone = 'UTC'");
            statement.execute("set memory_limit = '4GB'");
            statement.execute("set variable begin_at = timestamptz '" + end.minusDays(Long.parseLong(args[2])) + "'");
            statement.execute("set variable end_at = timestamptz '" + end + "'");
            String[] names = {"nodes", "servers", "outages", "events", "seed"};
            for (int i = 0; i < names.length; i++) {
                statement.execute("set variable " + names[i] + " = " + Long.parseLong(args[3 + i]));
            }
            statement.execute(new String(rows.readAllBytes(), StandardCharsets.UTF_8));
            DuckDBConnection written = connection.unwrap(DuckDBConnection.class);
            PreparedStatements statements = new PreparedStatements(written);
            new CheckGaps(written, statements).workOut();
            new LastEvents(written, statements).workOut();
            statement.execute("checkpoint");
        }
        System.out.printf(
                "%s written in %d s%n",
                file, Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    }
}
