package io.risefall.query.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.FrozenFormat;
import io.risefall.schemas.suite.Slow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The private tables and their version. */
@Slow
class StoredTablesTest {
    private static final String TABLES = "select table_name || ': ' || string_agg(column_name || ' ' || data_type, ', '"
            + " order by ordinal_position) from information_schema.columns join information_schema.tables"
            + " using (table_schema, table_name) where table_schema = 'store' and table_type = 'BASE TABLE'"
            + " group by table_name order by 1";

    @TempDir
    Path folder;

    @Test
    void changeOnlyWithTheirVersion() throws Exception {
        List<String> tables = new ArrayList<>();
        try (Warehouse warehouse = Warehouse.open(folder.resolve("w.duckdb"), ZoneOffset.UTC);
                Connection connection = warehouse.read();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        assertThat(tables).hasSizeGreaterThan(5);
        FrozenFormat.check("stored-tables.txt", Warehouse.VERSION, tables);
    }

    /** What the older one has skipped it could not know. */
    @Test
    void ofAnOlderVersionReadAgainWhatTopicsStillHave() throws Exception {
        Path file = folder.resolve("w.duckdb");
        try (Warehouse warehouse = Warehouse.open(file, ZoneOffset.UTC)) {
            Batch batch = new Batch();
            for (String topic : List.of("haproxy.health.states.v1", "haproxy.health.events.v1")) {
                batch.readTo(new TopicPartition(topic, 0), 7);
            }
            warehouse.write(batch);
            try (Connection connection = warehouse.read();
                    Statement statement = connection.createStatement()) {
                statement.execute("update store.version set version = 1");
            }
        }
        for (int time = 0; time < 2; time++) {
            try (Warehouse warehouse = Warehouse.open(file, ZoneOffset.UTC)) {
                assertThat(warehouse.nextOffsets())
                        .isEqualTo(Map.of(new TopicPartition("haproxy.health.events.v1", 0), 7L));
            }
        }
    }
}
