package io.risefall.app;

import io.risefall.query.Warehouse;
import io.risefall.query.report.ReportFormat;
import io.risefall.query.report.Reports;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.StringJoiner;

/** The warehouse itself, opened by this process because no service has it open. */
final class WarehouseAnswers implements Answers {
    private final Warehouse warehouse;

    WarehouseAnswers(Path file, ZoneId zone) {
        warehouse = Warehouse.open(file, zone);
    }

    @Override
    public void query(String sql, TableFormat format, OutputStream out) throws Exception {
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (Connection connection = warehouse.read();
                PreparedStatement statement = connection.prepareStatement("select * from query(?)")) {
            statement.setString(1, sql);
            try (ResultSet rows = statement.executeQuery()) {
                int columns = rows.getMetaData().getColumnCount();
                StringJoiner head = new StringJoiner(",");
                for (int i = 1; i <= columns; i++) {
                    head.add(rows.getMetaData().getColumnName(i));
                }
                printed.println(head);
                while (rows.next()) {
                    StringJoiner row = new StringJoiner(",");
                    for (int i = 1; i <= columns; i++) {
                        row.add(String.valueOf(rows.getObject(i)));
                    }
                    printed.println(row);
                }
            }
        }
    }

    @Override
    public void report(LocalDate day, ZoneId zone, ReportFormat format, OutputStream out) throws Exception {
        try (Connection connection = warehouse.read()) {
            Reports.day(connection, day, zone, format, Instant.now(), out);
        }
    }

    @Override
    public void close() {
        warehouse.close();
    }
}
