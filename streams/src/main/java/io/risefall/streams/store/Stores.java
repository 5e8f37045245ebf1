package io.risefall.streams.store;

import io.risefall.schemas.json.JsonSerde;
import io.risefall.streams.absence.Carriers;
import io.risefall.streams.absence.NodeAbsences;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.Subject;
import io.risefall.streams.node.NodeMemory;
import io.risefall.streams.node.Processes;
import io.risefall.streams.process.ProcessFact;
import io.risefall.streams.processor.TrackHealth;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The state stores of {@link TrackHealth}; all restored from their changelogs. Caching writes a
 * key once a commit, however often it changed.
 */
public final class Stores {
    private Stores() {}

    public static List<StoreBuilder<?>> builders() {
        return List.of(
                store(Names.LINES, JsonSerde.of(Line.class)).withCachingDisabled(), // every key is written once
                store(Names.HISTORIES, JsonSerde.of(History.class)).withCachingEnabled(),
                store(Names.SAID, Serdes.ByteArray()).withCachingEnabled(),
                store(Names.PROCESSES, JsonSerde.of(Processes.class)).withCachingEnabled(),
                store(Names.FACTS, JsonSerde.of(ProcessFact.class)).withCachingEnabled(),
                store(Names.NODES, JsonSerde.of(NodeMemory.class)).withCachingEnabled(),
                store(Names.ABSENCES, JsonSerde.of(NodeAbsences.class)).withCachingEnabled(),
                store(Names.CARRIERS, JsonSerde.of(Carriers.class)).withCachingEnabled(),
                store(Names.CORRECTIONS, JsonSerde.of(Subject.class)).withCachingEnabled(),
                // One entry: a file of its own would be nothing but cost.
                org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                        org.apache.kafka.streams.state.Stores.inMemoryKeyValueStore(Names.FORMAT),
                        Serdes.String(),
                        Serdes.Integer()));
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                org.apache.kafka.streams.state.Stores.persistentKeyValueStore(name), Serdes.String(), values);
    }
}
