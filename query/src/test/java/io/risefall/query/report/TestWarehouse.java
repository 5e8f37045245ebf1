package io.risefall.query.report;

import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Topics;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.state.Absence;
import io.risefall.schemas.state.Flapping;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real warehouse in a file of its own, filled with histories as the topics would fill it. */
public final class TestWarehouse implements AutoCloseable {
    private final Path folder;
    private final Warehouse warehouse;

    private TestWarehouse(Path folder, Warehouse warehouse) {
        this.folder = folder;
        this.warehouse = warehouse;
    }

    public static TestWarehouse of(History... histories) throws IOException {
        Path folder = Files.createTempDirectory("warehouse");
        TestWarehouse filled = new TestWarehouse(folder, Warehouses.open(folder.resolve("w.duckdb"), ZoneId.of("UTC")));
        Batch batch = new Batch();
        long offset = 0;
        for (History history : histories) {
            for (StateRecord untraced : history.states) {
                StateRecord state = Tracing.of(history.events, untraced);
                put(
                        batch,
                        Topics.STATES,
                        offset++,
                        state.key(),
                        JsonSerde.of(StateRecord.class).serialize("", state));
            }
            for (HealthEvent event : history.events) {
                put(
                        batch,
                        Topics.EVENTS,
                        offset++,
                        event.key().toString(),
                        JsonSerde.of(HealthEvent.class).serialize("", event));
            }
            for (Rollup untraced : history.rollups) {
                Rollup rollup = Tracing.of(history.events, untraced);
                put(
                        batch,
                        Topics.ROLLUPS,
                        offset++,
                        rollup.key(),
                        JsonSerde.of(Rollup.class).serialize("", rollup));
            }
            for (Flapping flapping : history.flapping) {
                put(
                        batch,
                        Topics.FLAPPING,
                        offset++,
                        flapping.key(),
                        JsonSerde.of(Flapping.class).serialize("", flapping));
            }
            for (Absence absence : history.absences) {
                put(
                        batch,
                        Topics.ABSENCES,
                        offset++,
                        absence.key(),
                        JsonSerde.of(Absence.class).serialize("", absence));
            }
            ReadPosition position = position(history);
            put(
                    batch,
                    Topics.POSITIONS,
                    offset++,
                    position.source(),
                    JsonSerde.of(ReadPosition.class).serialize("", position));
        }
        if (!batch.isEmpty()) {
            filled.warehouse.write(batch);
        }
        return filled;
    }

    /** It itself, for what opens connections of its own. */
    public Warehouse warehouse() {
        return warehouse;
    }

    public Connection views() {
        return warehouse.read();
    }

    private static ReadPosition position(History history) {
        return new ReadPosition(
                history.source,
                null,
                9_000_000,
                history.readUntil,
                false,
                184_213,
                412,
                183_200,
                500,
                96,
                5,
                history.at("-1 08:00"),
                history.readUntil,
                Map.of(history.node, history.readUntil),
                new Arrivals(0, Map.of(), Map.of(), List.of(), history.clocks));
    }

    private static void put(Batch batch, Topics topic, long offset, String key, byte[] value) {
        batch.add(topic, 0, offset, key.getBytes(StandardCharsets.UTF_8), value);
    }

    @Override
    public void close() throws IOException {
        warehouse.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
