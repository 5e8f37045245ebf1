package io.risefall.streams;

import io.risefall.schemas.JsonSerde;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The state stores of {@link TrackHealth}; all persistent and restored from their changelogs. */
final class Stores {
    private Stores() {}

    static List<StoreBuilder<?>> builders() {
        return List.of(
                store(Names.LINES, JsonSerde.of(Line.class)),
                store(Names.HISTORIES, JsonSerde.of(History.class)),
                store(Names.SAID, Serdes.ByteArray()),
                store(Names.PROCESSES, JsonSerde.of(Processes.class)),
                store(Names.CORRECTIONS, JsonSerde.of(Subject.class)));
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(
            String name, org.apache.kafka.common.serialization.Serde<V> values) {
        return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                org.apache.kafka.streams.state.Stores.persistentKeyValueStore(name), Serdes.String(), values);
    }
}
