package io.risefall.query.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Topics;
import io.risefall.schemas.suite.Slow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storing what came, where there is not the memory for it. */
@Slow
class PersistentWritesTest {
    private static final int TOO_LITTLE_MIB = 10;
    private static final int ENOUGH_MIB = 512;
    private static final int EVENTS = 20_000;

    @TempDir
    Path folder;

    @Test
    void whatThereIsNoMemoryForIsTriedAgainAndNeverWrittenByHalf() throws Exception {
        AtomicInteger rooms = new AtomicInteger();
        try (Warehouse warehouse = open(TOO_LITTLE_MIB)) {
            PersistentWrites writes = new PersistentWrites(warehouse, rooms::incrementAndGet, () -> rooms.get() == 3);
            assertThatThrownBy(() -> writes.write(batch()))
                    .isInstanceOf(WarehouseException.class)
                    .hasMessageContaining("Out of Memory Error")
                    .hasMessageContaining("stored data is kept");
        }
        assertThat(rooms).hasValue(3);
        try (Warehouse warehouse = open(ENOUGH_MIB)) {
            assertThat(events(warehouse)).isZero();
            assertThat(warehouse.nextOffsets()).isEmpty();
            new PersistentWrites(warehouse, rooms::incrementAndGet, () -> false).write(batch());
            assertThat(events(warehouse)).isEqualTo(EVENTS);
            assertThat(warehouse.nextOffsets())
                    .isEqualTo(Map.of(new TopicPartition(Topics.EVENTS.topic(), 0), (long) EVENTS));
        }
        assertThat(rooms).as("with enough memory nobody has to yield").hasValue(3);
    }

    private Warehouse open(int memoryMib) {
        return Warehouse.open(folder.resolve("w.duckdb"), ZoneOffset.UTC, null, false, memoryMib);
    }

    private static Batch batch() {
        Records records = new Records("2026-11-23", 0);
        for (int i = 0; i < EVENTS; i++) {
            String at = LocalTime.MIN.plusSeconds(i).format(DateTimeFormatter.ISO_LOCAL_TIME);
            records.check("lb1", "app/srv" + i % 10, at, 1, false, false, 2, 3, "up");
        }
        return records.batch();
    }

    private static int events(Warehouse warehouse) throws SQLException {
        try (Connection views = warehouse.read();
                Statement count = views.createStatement();
                ResultSet rows = count.executeQuery("select count(*) from events")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
