package io.risefall.query.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.sql.SqlTransaction;
import io.risefall.query.warehouse.Warehouse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of every table go to another warehouse as they are, with every column. */
class ToldRowsTest {
    private static final List<String> TABLES =
            List.of("alerts", "alert_messages", "notifications", "schedules", "scheduled_reports");

    @TempDir
    Path temp;

    private Warehouse leading;
    private Warehouse standingBy;
    private Connection from;
    private Connection to;

    @BeforeEach
    void open() {
        leading = Warehouse.open(temp.resolve("leading.duckdb"), ZoneOffset.UTC);
        standingBy = Warehouse.open(temp.resolve("standing-by.duckdb"), ZoneOffset.ofHours(2));
        from = leading.read();
        to = standingBy.read();
    }

    @AfterEach
    void close() throws SQLException {
        from.close();
        to.close();
        leading.close();
        standingBy.close();
    }

    @Test
    void everyColumnArrives() throws SQLException {
        for (String table : TABLES) {
            fill(table, "a1");
            fill(table, "it's \"b\" \u00e9\\n/2");
            execute(to, "insert into store." + table + " select * from (" + values(table, "a1") + ")");
        }
        copy();
        for (String table : TABLES) {
            assertThat(rows(to, table)).as(table).hasSize(2).isEqualTo(rows(from, table));
        }
    }

    @Test
    void whatIsDeletedIsDeletedThere() throws SQLException {
        for (String table : TABLES) {
            fill(table, "a1");
        }
        copy();
        SqlTransaction.run(to, () -> {
            Map<String, Optional<String>> nothing = new TreeMap<>();
            ToldRows.keys(to).forEach(key -> nothing.put(key, Optional.empty()));
            assertThat(nothing).hasSize(TABLES.size());
            ToldRows.put(to, nothing);
        });
        assertThat(ToldRows.keys(to)).isEmpty();
    }

    private void copy() throws SQLException {
        Map<String, Optional<String>> told = new TreeMap<>();
        for (String key : ToldRows.keys(from)) {
            assertThat(ToldRows.isKey(key)).isTrue();
            told.put(key, ToldRows.rows(from, key));
        }
        SqlTransaction.run(to, () -> ToldRows.put(to, told));
    }

    private void fill(String table, String name) throws SQLException {
        execute(from, "insert into store." + table + " select * from (" + values(table, name) + ")");
    }

    /** A value other than null in every column that the table has. */
    private String values(String table, String name) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = from.createStatement();
                ResultSet columns = statement.executeQuery(
                        "select data_type from duckdb_columns() where schema_name = 'store' and table_name = '" + table
                                + "' order by column_index")) {
            while (columns.next()) {
                values.add(
                        switch (columns.getString(1)) {
                            case "VARCHAR" -> "'" + name.replace("'", "''") + "'";
                            case "INTEGER" -> "7";
                            case "BOOLEAN" -> "true";
                            case "DATE" -> "date '2026-11-29'";
                            default -> "timestamptz '2026-11-29 08:09:10.123456+00'";
                        });
            }
        }
        assertThat(values).isNotEmpty();
        return "select " + String.join(", ", values);
    }

    private static List<String> rows(Connection warehouse, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = warehouse.createStatement();
                ResultSet result = statement.executeQuery("select * from store." + table + " order by all")) {
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.append(result.getString(i)).append('|');
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
