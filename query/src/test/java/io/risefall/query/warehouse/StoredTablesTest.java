package io.risefall.query.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.FrozenFormat;
import io.risefall.schemas.Golden;
import io.risefall.schemas.Topics;
import io.risefall.schemas.event.EventJson;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.AddressChange;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerNotice;
import io.risefall.schemas.suite.Slow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
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
    private static final String TYPED =
            "select kind, message, up, active_left, backup_left, reason, duration_ms, old_name,"
                    + " address, log_target from store.events order by all";

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

    /** Once, an older one gets from the words what the writer tells since. */
    @Test
    void ofAnOlderVersionSayOfItsLinesWhatNewOnesSay() throws Exception {
        Path file = folder.resolve("w.duckdb");
        List<String> written;
        try (Warehouse warehouse = Warehouse.open(file, ZoneOffset.UTC)) {
            Batch batch = new Batch();
            long offset = 0;
            for (String run : Golden.RUNS) {
                for (String line : Golden.lines(run, "events.jsonl")) {
                    batch.add(Topics.EVENTS, 0, offset++, null, line.getBytes(StandardCharsets.UTF_8));
                }
            }
            HealthMessage renamed =
                    new ServerNotice(new ServerName("app", "srv1"), false, ServerNotice.What.RENAMED, "old-1", null);
            HealthMessage moved = new AddressChange(
                    new ServerName("app", "srv1"), "IP", "10.0.0.1", "fe80::1", "DNS cache", AddressChange.COLON);
            for (HealthMessage message : List.of(renamed, moved)) {
                boolean stderr = message == moved;
                HealthEvent event = new HealthEvent(
                        Instant.EPOCH,
                        true,
                        Instant.EPOCH,
                        "lb1",
                        7L,
                        null,
                        null,
                        message,
                        new LineFrame(stderr ? "<137>[WARNING]  (7) : " : "", null, null),
                        new Origin("udp", offset, 0, "192.0.2.7"));
                batch.add(Topics.EVENTS, 0, offset++, null, new EventJson().bytes(event));
            }
            warehouse.write(batch);
            written = Warehouses.table(warehouse, TYPED);
            assertThat(written).anyMatch(row -> row.endsWith(", 192.0.2.7 facility 17 stderr"));
            try (Connection connection = warehouse.read();
                    Statement statement = connection.createStatement()) {
                statement.execute("update store.events set up = null, active_left = null, backup_left = null,"
                        + " old_name = null, address = null");
                statement.execute("update store.events set reason = null, duration_ms = null where kind = 'switch'");
                statement.execute("alter table store.events drop column log_target");
                statement.execute("alter table store.events add column sender varchar");
                statement.execute("update store.events set sender = '192.0.2.7' where source = 'udp'");
                statement.execute("update store.version set version = 15");
            }
        }
        try (Warehouse warehouse = Warehouse.open(file, ZoneOffset.UTC)) {
            assertThat(Warehouses.table(warehouse, TYPED)).isEqualTo(written);
        }
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
