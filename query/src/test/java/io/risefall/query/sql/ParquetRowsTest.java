package io.risefall.query.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Parquet file, as another DuckDB reads it. */
class ParquetRowsTest {
    @TempDir
    static Path folder;

    private static Warehouse warehouse;
    private static SqlSandbox sandbox;

    @BeforeAll
    static void open() {
        warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneId.of("UTC"));
        sandbox = new SqlSandbox(warehouse::read, Duration.ofSeconds(30));
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @Test
    void columnsKeepTheirTypesAndValues() throws Exception {
        Path file = write("""
                select 1 as n, 'a|b''"' as text, timestamptz '2026-11-23 01:02:03.456789+00' as at, null::varchar as nothing,
                    true as flag, 0.1::double as real, 12.50::decimal(9, 2) as price, date '2026-11-23' as day,
                    [1, null] as list, '\\x00a'::blob as bytes, 9007199254740993 as big, 'x' as "odd "" name"
                union all
                select 2, '', null, '', false, 'nan'::double, null, date 'infinity', [], null, null, chr(27)
                order by n""");
        assertThat(rows("select column_name, column_type from (describe from '" + file + "')"))
                .containsExactly(
                        "n INTEGER",
                        "text VARCHAR",
                        "at TIMESTAMP WITH TIME ZONE",
                        "nothing VARCHAR",
                        "flag BOOLEAN",
                        "real DOUBLE",
                        "price DECIMAL(9,2)",
                        "day DATE",
                        "list VARCHAR",
                        "bytes BLOB",
                        "big BIGINT",
                        "odd \" name VARCHAR");
        assertThat(rows("from '" + file + "' order by n"))
                .containsExactly(
                        "1 a|b'\" 2026-11-23 01:02:03.456789+00 null true 0.1 12.50 2026-11-23 [1, NULL] \\x00a 9007199254740993 x",
                        "2  null  false nan null infinity [] null null \u001b");
    }

    @Test
    void noRowsHaveTypesToo() throws Exception {
        Path file = write("from outages");
        assertThat(rows("from '" + file + "'")).isEmpty();
        assertThat(rows("select column_type from (describe from '" + file + "') where column_name = 'started_at'"))
                .containsExactly("TIMESTAMP WITH TIME ZONE");
    }

    @Test
    void manyRows() throws Exception {
        Path file = write("select i, 'server ' || i as name from range(300000) t(i)");
        assertThat(rows("select count(*), sum(i), min(name) from '" + file + "'"))
                .containsExactly("300000 44999850000 server 0");
    }

    private static Path write(String sql) throws Exception {
        Path file = Files.createTempFile(folder, "rows", ".parquet");
        try (OutputStream out = Files.newOutputStream(file)) {
            sandbox.query(sql, ResultFormat.PARQUET, out);
        }
        return file;
    }

    private static List<String> rows(String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection other = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = other.createStatement()) {
            statement.execute("set TimeZone = 'UTC'");
            try (ResultSet result = statement.executeQuery(
                    sql.startsWith("from") ? "select columns(*)::varchar from (" + sql + ")" : sql)) {
                while (result.next()) {
                    List<String> cells = new ArrayList<>();
                    for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                        cells.add(result.getString(column));
                    }
                    rows.add(
                            String.join(" ", cells.stream().map(String::valueOf).toList()));
                }
            }
        }
        return rows;
    }
}
