package io.risefall.streams.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.json.JsonSerde;
import io.risefall.streams.Story;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.TrackedEntity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineStoreTest {
    private static final TrackedEntity ENTITY = TrackedEntity.of(Story.NODE, Story.SERVER);
    /** Its key begins with that of the other. */
    private static final TrackedEntity NEIGHBOUR = TrackedEntity.of(Story.NODE, Story.NEW_NAME);

    private static final int LIVE_LINES = 200;

    private final KeyValueStore<String, byte[]> bytes = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("lines"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    private final ObjectStore<LineSegment> segments =
            new ObjectStore<>(bytes, new LineSegmentCodec(), new ObjectStore.Limit<>(LIVE_LINES, LineSegment::size));
    private LineStore lines = new LineStore(segments);

    @BeforeEach
    void open() {
        bytes.init(new MockProcessorContext<>().getStateStoreContext(), bytes);
    }

    @AfterEach
    void close() {
        segments.close();
    }

    /** As a sorted map does, through commits and restarts. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsWhatAMapKeeps(long seed) {
        Random random = new Random(seed);
        TreeMap<String, Line> expected = new TreeMap<>();
        TreeMap<String, Line> ofNeighbour = new TreeMap<>();
        for (int i = 0; i < 1000; i++) {
            int at = seed % 2 == 0 ? i : random.nextInt(2000);
            TrackedEntity entity = random.nextInt(10) == 0 ? NEIGHBOUR : ENTITY;
            lines.put(entity, key(entity, at), line(at));
            (entity == ENTITY ? expected : ofNeighbour).put(key(entity, at), line(at));
            if (random.nextInt(50) == 0) {
                segments.flushCache();
            }
            if (random.nextInt(200) == 0) {
                restart();
            }
            if (random.nextInt(200) == 0) {
                deleteSome(random, expected);
            }
            if (random.nextInt(20) == 0) {
                checkAround(key(ENTITY, random.nextInt(2000)), expected);
            }
        }
        assertThat(lines.of(ENTITY)).isEqualTo(entries(expected));
        assertThat(lines.of(NEIGHBOUR)).isEqualTo(entries(ofNeighbour));
        Map<String, Line> all = new TreeMap<>();
        lines.forEach(all::put);
        expected.putAll(ofNeighbour);
        assertThat(all).isEqualTo(expected);
        segments.flushCache();
        assertThat(bytes.approximateNumEntries()).isLessThan(1000 / 4);
    }

    private void restart() {
        segments.flushCache();
        segments.clearCache();
        lines = new LineStore(segments);
    }

    /** The oldest, as folding does, or any. */
    private void deleteSome(Random random, NavigableMap<String, Line> expected) {
        List<String> keys = new ArrayList<>(expected.keySet());
        List<String> deleted = random.nextBoolean()
                ? keys.subList(0, keys.size() / 3)
                : keys.stream().filter(key -> random.nextInt(3) == 0).toList();
        lines.delete(ENTITY, deleted);
        deleted.forEach(expected::remove);
    }

    private void checkAround(String key, NavigableMap<String, Line> expected) {
        assertThat(lines.get(ENTITY, key)).isEqualTo(expected.get(key));
        assertThat(all(lines.downFrom(ENTITY, key)))
                .isEqualTo(entries(expected.headMap(key, true).descendingMap()));
        assertThat(all(lines.upFrom(ENTITY, key))).isEqualTo(entries(expected.tailMap(key, true)));
    }

    @Test
    void lineByLineInOrderTheLastSegmentAloneIsWritten() {
        for (int i = 0; i < 100 * LineSegment.MOST; i++) {
            lines.put(ENTITY, key(ENTITY, i), line(i));
        }
        segments.flushCache();
        long before = segments.serialized();
        long read = segments.deserialized();
        lines.put(ENTITY, key(ENTITY, 100 * LineSegment.MOST), line(1));
        lines.put(ENTITY, key(ENTITY, 100 * LineSegment.MOST + 1), line(2));
        segments.flushCache();
        assertThat(segments.serialized()).isEqualTo(before + 1);
        assertThat(segments.deserialized()).isEqualTo(read);
    }

    /** Older builds stored each line by itself. */
    @Test
    void linesOfAnOlderBuildAreRead() {
        TreeMap<String, Line> expected = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            bytes.put(key(ENTITY, i), JsonSerde.of(Line.class).serialize("", line(i)));
            expected.put(key(ENTITY, i), line(i));
        }
        for (int i = -3; i < 20; i += 2) {
            lines.put(ENTITY, key(ENTITY, i), line(i));
            expected.put(key(ENTITY, i), line(i));
            restart();
        }
        assertThat(lines.of(ENTITY)).isEqualTo(entries(expected));
        checkAround(key(ENTITY, 5), expected);
    }

    private static <T> List<T> all(Iterator<T> iterator) {
        List<T> all = new ArrayList<>();
        iterator.forEachRemaining(all::add);
        return all;
    }

    private static List<KeyValue<String, Line>> entries(Map<String, Line> lines) {
        return lines.entrySet().stream()
                .map(line -> KeyValue.pair(line.getKey(), line.getValue()))
                .toList();
    }

    private static String key(TrackedEntity entity, int at) {
        return LineKey.prefix(entity) + LineKey.time(time(at)) + LineKey.END + "file:a" + LineKey.END + "99999"
                + LineKey.END + "0000000000000001.00000000";
    }

    private static Line line(int at) {
        return new Line(time(at), 1L, null, Story.message(new String[] {"", "", "down"}));
    }

    private static Instant time(int at) {
        return Story.START.plusMillis(at * 100L);
    }
}
