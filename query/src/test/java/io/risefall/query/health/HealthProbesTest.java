package io.risefall.query.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.health.ProbeResult.State;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.reading.StreamsGroup;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Topics;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.source.ReadPosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each probe tells its one failure from what only looks like it, and says what to do. */
class HealthProbesTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final TopicPartition EVENTS = new TopicPartition("haproxy.health.events.v1", 0);
    private static final Path DATA = Path.of("/data");

    private ReadingState reading = state(null, 0, new StreamsGroup(2, null));
    private final Map<TopicPartition, Long> positions = new HashMap<>(Map.of(EVENTS, 10L));

    @TempDir
    Path folder;

    private static ReadingState state(@Nullable Instant away, long behind, @Nullable StreamsGroup group) {
        return new ReadingState(away, Map.of(EVENTS, behind), Map.of(), group);
    }

    @Test
    void kafkaThatIsAwayFailsAndWhoNeedsItWaits() throws SQLException {
        assertThat(new KafkaProbe(() -> reading.awaySince(), "k:9092", () -> true)
                        .look(NOW)
                        .state())
                .isEqualTo(State.OK);
        reading = state(NOW.minusSeconds(7), 3, null);
        ProbeResult away = new KafkaProbe(() -> reading.awaySince(), "k:9092", () -> false).look(NOW);
        assertThat(away.state()).isEqualTo(State.FAILING);
        assertThat(away.detail()).contains("k:9092", "2026-11-28T11:59:53Z");
        assertThat(away.remedy()).contains("--bootstrap-servers");
        ProbeResult paused = new KafkaProbe(() -> reading.awaySince(), "k:9092", () -> true).look(NOW);
        assertThat(paused.state()).isEqualTo(State.WAITING);
        assertThat(paused.detail()).contains("a backup pauses Kafka", "goes on by itself");
        assertThat(new StreamsProbe(() -> reading).look(NOW).state()).isEqualTo(State.WAITING);
        assertThat(new LagProbe(() -> reading, () -> positions).look(NOW).state())
                .isEqualTo(State.WAITING);
    }

    @Test
    void aWriterThatDoesNotGoOnIsStuck() {
        Duration[] since = {Duration.ofSeconds(30)};
        ThreadProbe probe = new ThreadProbe("writer", "writes the warehouse", () -> since[0], Duration.ofSeconds(30));
        assertThat(probe.look(NOW).state()).isEqualTo(State.OK);
        since[0] = Duration.ofSeconds(95);
        assertThat(probe.look(NOW).state()).isEqualTo(State.FAILING);
        assertThat(probe.look(NOW).detail()).contains("1 min 35 s");
    }

    @Test
    void whatWaitsFailsOnlyWhereNothingOfItIsDone() {
        PartState.Waiting[] waiting = {new PartState.Waiting("syslog", 1, 1000)};
        WaitingProbe probe = new WaitingProbe(() -> new PartState(null, Duration.ZERO, List.of(waiting)));
        assertThat(probe.look(NOW).detail()).isEqualTo("1000 wait and are being done");
        assertThat(probe.look(NOW.plusSeconds(60)).state()).isEqualTo(State.OK);
        assertThat(probe.look(NOW.plusSeconds(61)).state()).isEqualTo(State.FAILING);
        waiting[0] = new PartState.Waiting("syslog", 2, 2000);
        assertThat(probe.look(NOW.plusSeconds(62)).state()).isEqualTo(State.OK);
        waiting[0] = new PartState.Waiting("syslog", 2, 0);
        assertThat(probe.look(NOW.plusSeconds(200)).detail()).isEqualTo("nothing waits");
        assertThat(new WaitingProbe(() -> new PartState(NOW, Duration.ZERO, List.of()))
                        .look(NOW)
                        .state())
                .isEqualTo(State.WAITING);
    }

    @Test
    void aLagFailsOnlyWhereNothingComesNearer() {
        LagProbe probe = new LagProbe(() -> reading, () -> positions);
        reading = state(null, 1000, null);
        assertThat(probe.look(NOW).state()).isEqualTo(State.OK);
        positions.put(EVENTS, 20L);
        reading = state(null, 5000, null);
        assertThat(probe.look(NOW.plusSeconds(50)).state()).isEqualTo(State.OK);
        assertThat(probe.look(NOW.plusSeconds(100)).state()).isEqualTo(State.OK);
        assertThat(probe.look(NOW.plusSeconds(111)).state()).isEqualTo(State.FAILING);
        assertThat(probe.look(NOW.plusSeconds(111)).detail()).contains("5000 records", "1 min 1 s");
        positions.put(EVENTS, 21L);
        assertThat(probe.look(NOW.plusSeconds(112)).state()).isEqualTo(State.OK);
        reading = state(null, 0, null);
        assertThat(probe.look(NOW.plusSeconds(300)).detail()).isEqualTo("all records of Kafka are in the warehouse");
    }

    @Test
    void streamsFailWhereNobodyRunsThemAndWhereTheyStandStill() {
        StreamsProbe probe = new StreamsProbe(() -> reading);
        assertThat(probe.look(NOW).detail()).isEqualTo("2 threads process lines");
        reading = state(null, 0, null);
        assertThat(probe.look(NOW).state()).isEqualTo(State.WAITING);
        reading = state(null, 0, new StreamsGroup(0, null));
        assertThat(probe.look(NOW).remedy()).contains("risefall streams");
        reading = state(null, 0, new StreamsGroup(1, NOW.minusSeconds(60)));
        assertThat(probe.look(NOW).state()).isEqualTo(State.OK);
        assertThat(probe.look(NOW.plusSeconds(1)).state()).isEqualTo(State.FAILING);
    }

    @Test
    void aDiskThatIsNearlyFullFailsAndSoDoesOneThatIsGone() {
        assertThat(new DiskProbe(folder).look(NOW).detail()).contains("MiB are free", folder.toString());
        assertThat(new DiskProbe(DATA, () -> DiskProbe.LEAST_BYTES).look(NOW).state())
                .isEqualTo(State.OK);
        ProbeResult full = new DiskProbe(DATA, () -> 12L << 20).look(NOW);
        assertThat(full.state()).isEqualTo(State.FAILING);
        assertThat(full.detail()).isEqualTo("12 MiB are free on the disk of /data, less than 256 MiB");
        assertThat(full.remedy()).contains("make room");
        DiskProbe gone = new DiskProbe(DATA, () -> {
            throw new IOException("no such device");
        });
        assertThat(gone.look(NOW).detail()).contains("no such device");
        assertThat(new DiskProbe(folder.resolve("not-there")).look(NOW).state()).isEqualTo(State.FAILING);
    }

    @Test
    void aFileOfADayThatHasLeftFailsWhenItIsMissing() {
        assertThat(new PastProbe(List::of).look(NOW).state()).isEqualTo(State.OK);
        ProbeResult missing = new PastProbe(() -> List.of("a is missing", "b is missing")).look(NOW);
        assertThat(missing.state()).isEqualTo(State.FAILING);
        assertThat(missing.detail()).isEqualTo("a is missing (and 1 more)");
    }

    @Test
    void aSourceThatNobodyReadsFailsAfterAWhileAndOneThatCatchesUpDoesNot() throws SQLException {
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC)) {
            SourcesProbe probe = new SourcesProbe(warehouse::read, () -> reading);
            assertThat(probe.look(NOW).detail()).isEqualTo("no source is followed");

            write(warehouse, 0, "file:/log/a", NOW.minusSeconds(20), 5, true);
            write(warehouse, 1, "file:/log/old", NOW.minusSeconds(7200), 5, true);
            write(warehouse, 2, "file:/log/imported", NOW.minusSeconds(7200), 5, false);
            write(warehouse, 3, "file:/log/left", NOW.minusSeconds(200_000), 5, true);
            assertThat(probe.look(NOW.plusSeconds(1)).state()).isEqualTo(State.WAITING);

            write(warehouse, 4, "file:/log/old", NOW.minusSeconds(7000), 500, true);
            assertThat(probe.look(NOW.plusSeconds(5)).detail())
                    .isEqualTo("2 sources are read; 1 not heard of for a day");

            ProbeResult dead = probe.look(NOW.plusSeconds(36));
            assertThat(dead.state()).isEqualTo(State.FAILING);
            assertThat(dead.detail()).isEqualTo("not read: file:/log/a, file:/log/old");
            assertThat(dead.remedy()).contains("ingest");

            write(warehouse, 5, "file:/log/a", NOW.plusSeconds(38), 5, true);
            write(warehouse, 6, "file:/log/old", NOW.plusSeconds(38), 5, false);
            assertThat(probe.look(NOW.plusSeconds(40)).detail())
                    .isEqualTo("1 source is read; 1 not heard of for a day");
        }
    }

    private static void write(Warehouse warehouse, long offset, String source, Instant asOf, long lines, boolean live) {
        ReadPosition position =
                new ReadPosition(source, null, lines, asOf, live, lines, 0, lines, 0, 0, 0, null, null, Map.of(), null);
        Batch batch = new Batch();
        batch.add(
                Topics.POSITIONS,
                0,
                offset,
                source.getBytes(StandardCharsets.UTF_8),
                JsonSerde.of(ReadPosition.class).serialize("", position));
        warehouse.write(batch);
    }
}
