package io.risefall.query.contract;

import io.risefall.query.sql.SqlFiles;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Views of an engine, and how they differ from what is expected. */
final class CheckedViews {
    /** What {@code now()} is: the last day of the seeded facts. */
    private static final String NOW = "timestamptz '2026-11-23 12:00:00+00'";

    private final Connection connection;

    /** @param connection with all privileges; not owned */
    CheckedViews(Connection connection) {
        this.connection = connection;
    }

    /** Makes tables, and the views that the engine can have. */
    void make(Dialect dialect) throws SQLException {
        for (Map.Entry<String, List<String>> file : dialect.statements().entrySet()) {
            if (dialect.makes(file.getKey())) {
                make(file.getValue());
            }
        }
    }

    /** Runs these statements. */
    void make(List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql.replace("now()", NOW));
            }
        }
    }

    /** Rows that are missing begin with {@code -}, those that are not expected with {@code +}. */
    List<String> differences(String view) throws SQLException {
        List<String> expected =
                SqlFiles.read("contract/expected/" + view + ".csv").lines().toList();
        List<String> found = rows(view);
        List<String> differences = new ArrayList<>();
        new TreeSet<>(expected)
                .stream().filter(line -> !found.contains(line)).forEach(line -> differences.add("- " + line));
        new TreeSet<>(found)
                .stream().filter(line -> !expected.contains(line)).forEach(line -> differences.add("+ " + line));
        if (differences.isEmpty() && !expected.equals(found)) {
            differences.add("some rows are there more often than expected, or less often");
        }
        return differences;
    }

    /** What the view has, as its file is to be. */
    List<String> rows(String view) throws SQLException {
        return ContractCsv.read(connection, "main." + view);
    }
}
