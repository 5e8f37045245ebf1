package io.risefall.query.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Golden;
import io.risefall.schemas.Topics;
import io.risefall.schemas.suite.Slow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file of the last build before spans of check lines were kept (68f444ef8e51, version 24): to it were written, in one batch, the first
 * two thirds of the lines of some runs. This build goes on with it, and ends with what it makes of all lines by itself.
 */
@Slow
class OlderWarehouseTest {
    private static final List<String> RUNS = List.of("basic-2.6", "reload-2.6", "agent-3.5-dev5");

    @TempDir
    Path folder;

    @Test
    void goesOnAsIfThisBuildHadMadeIt() throws Exception {
        Map<String, List<String>> expected;
        try (Warehouse fresh = Warehouses.open(folder.resolve("fresh.duckdb"), ZoneOffset.UTC)) {
            write(fresh, 0, 2);
            write(fresh, 2, 3);
            expected = rows(fresh);
        }
        assertThat(expected.get("store.check_spans")).hasSizeGreaterThan(20);
        Path file = folder.resolve("older.duckdb");
        try (InputStream older = OlderWarehouseTest.class.getResourceAsStream("version-24.duckdb.gz");
                GZIPInputStream content = new GZIPInputStream(older)) {
            Files.copy(content, file);
        }
        try (Warehouse upgraded = Warehouse.open(file, ZoneOffset.UTC)) {
            write(upgraded, 2, 3);
            assertThat(rows(upgraded)).isEqualTo(expected);
        }
    }

    /** Some thirds of each run. */
    private static void write(Warehouse warehouse, int from, int to) throws IOException {
        Batch batch = new Batch();
        long offset = from * 10_000L;
        for (String run : RUNS) {
            List<String> lines = Golden.lines(run, "events.jsonl");
            for (String line : lines.subList(lines.size() * from / 3, lines.size() * to / 3)) {
                String ofRun = line.replace("\"source\":\"", "\"source\":\"" + run + "/");
                batch.add(Topics.EVENTS, 0, offset++, null, ofRun.getBytes(StandardCharsets.UTF_8));
            }
        }
        warehouse.write(batch);
    }

    /** Of all views, and of the tables that are worked out of lines. */
    private static Map<String, List<String>> rows(Warehouse warehouse) throws Exception {
        Map<String, List<String>> rows = new TreeMap<>();
        try (Connection connection = warehouse.read()) {
            List<String> names = Warehouses.table(
                    connection,
                    "select view_name from duckdb_views() where not internal and schema_name = 'main'"
                            + " union all values ('store.check_gaps'), ('store.check_spans'), ('store.last_events')");
            for (String name : names) {
                rows.put(name, Warehouses.table(connection, "select * from " + name + " order by all"));
            }
        }
        return rows;
    }
}
