package io.risefall.streams.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.streams.model.TrackedEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObjectStoreTest {
    private static final int MOST = 4;

    private final KeyValueStore<String, byte[]> bytes = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("objects"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    private final ObjectStore<TrackedEntity> store = open();

    private ObjectStore<TrackedEntity> open() {
        ObjectStore<TrackedEntity> opened =
                new ObjectStore<>(bytes, SmileCodec.of(TrackedEntity.class), ObjectStore.Limit.objects(MOST));
        bytes.init(new MockProcessorContext<>().getStateStoreContext(), bytes);
        return opened;
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anObjectIsSerializedOncePerCommitAndReadNever() {
        for (int i = 0; i < 1000; i++) {
            store.put("a", entity(i));
            assertThat(store.get("a")).isEqualTo(entity(i));
        }
        assertThat(bytes.get("a")).isNull();
        store.flushCache();
        store.flushCache();
        assertThat(bytes.get("a")).asString().contains("999");
        assertThat(store.serialized()).isEqualTo(1);
        assertThat(store.deserialized()).isZero();
    }

    @Test
    void whatIsPutUnchangedIsNotWritten() {
        TrackedEntity entity = entity(1);
        store.put("a", entity);
        store.flushCache();
        store.put("a", entity);
        store.flushCache();
        assertThat(store.serialized()).isEqualTo(1);
    }

    @Test
    void aScanKeepsWhatItReadForTheNextOne() {
        for (int i = 0; i < MOST; i++) {
            store.put("a" + i, entity(i));
        }
        store.flushCache();
        store.clearCache();
        assertThat(scan("a")).hasSize(MOST);
        assertThat(scan("a")).hasSize(MOST);
        assertThat(store.deserialized()).isEqualTo(MOST);
    }

    @Test
    void whatWasNotCommittedIsForgotten() {
        store.put("a", entity(1));
        store.flushCache();
        store.put("a", entity(2));
        store.put("b", entity(2));
        store.clearCache();
        store.flushCache();
        assertThat(store.get("a")).isEqualTo(entity(1));
        assertThat(store.get("b")).isNull();
    }

    /** Evictions that write what an open iterator still has to show. */
    @Test
    void anIteratorShowsWhatWasPutBeforeItWasOpened() {
        for (int i = 0; i < 3 * MOST; i++) {
            store.put("a" + i % MOST + i, entity(i));
        }
        store.flushCache();
        store.put("a00", entity(100));
        try (KeyValueIterator<String, TrackedEntity> all = store.all()) {
            for (int i = 0; i < 3 * MOST; i++) {
                store.get("missing" + i);
            }
            assertThat(all.next()).isEqualTo(KeyValue.pair("a00", entity(100)));
            assertThat(all.peekNextKey()).isEqualTo("a04");
        }
    }

    /** Against a map that is written through, whatever is held and whenever it is flushed. */
    @Test
    void behavesAsAMapOfWhatWasPut() {
        for (int seed = 0; seed < 200; seed++) {
            store.clearCache();
            keys(bytes).forEach(bytes::delete);
            compareWithMap(new Random(seed));
        }
    }

    private void compareWithMap(Random random) {
        TreeMap<String, TrackedEntity> expected = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            String key = "" + (char) ('a' + random.nextInt(3)) + random.nextInt(5);
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> {
                    store.put(key, entity(i));
                    expected.put(key, entity(i));
                }
                case 3 -> assertThat(store.delete(key)).isEqualTo(expected.remove(key));
                case 4 -> assertThat(store.get(key)).isEqualTo(expected.get(key));
                case 5 ->
                    assertThat(scan(key.substring(0, 1)))
                            .isEqualTo(expected.subMap(key.substring(0, 1), key.substring(0, 1) + "~"));
                case 6 ->
                    assertThat(entries(store.range(key, "b3")))
                            .isEqualTo(key.compareTo("b3") > 0 ? Map.of() : expected.subMap(key, true, "b3", true));
                case 7 ->
                    assertThat(List.copyOf(entries(store.reverseAll()).keySet()))
                            .isEqualTo(List.copyOf(expected.keySet()));
                default -> store.flushCache();
            }
        }
        store.flushCache();
        store.clearCache();
        assertThat(entries(store.all())).isEqualTo(expected);
    }

    private Map<String, TrackedEntity> scan(String prefix) {
        return entries(store.prefixScan(prefix, new StringSerializer()));
    }

    private static Map<String, TrackedEntity> entries(KeyValueIterator<String, TrackedEntity> iterator) {
        Map<String, TrackedEntity> entries = new TreeMap<>();
        try (iterator) {
            iterator.forEachRemaining(entry -> entries.put(entry.key, entry.value));
        }
        return entries;
    }

    private static List<String> keys(KeyValueStore<String, byte[]> of) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = of.all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    private static TrackedEntity entity(int i) {
        return new TrackedEntity("lb1", "app", "s" + i);
    }
}
