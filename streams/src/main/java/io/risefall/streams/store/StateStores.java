package io.risefall.streams.store;

import io.risefall.schemas.json.JsonSerde;
import io.risefall.streams.absence.NodeAbsences;
import io.risefall.streams.absence.SourceCoverage;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.node.NodeRecord;
import io.risefall.streams.node.Processes;
import io.risefall.streams.process.ProcessFact;
import io.risefall.streams.processor.TrackHealth;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The state stores of {@link TrackHealth}. All are restored from their changelogs. With caching, a key is written once per
 * commit, however often it changed.
 */
public final class StateStores {
    private StateStores() {}

    public static List<StoreBuilder<?>> builders() {
        return List.of(
                store(Names.LINES, JsonSerde.of(Line.class)).withCachingDisabled(), // every key is written once
                store(Names.HISTORIES, JsonSerde.of(EntityHistory.class)).withCachingEnabled(),
                store(Names.EMITTED, Serdes.ByteArray()).withCachingEnabled(),
                store(Names.PROCESSES, JsonSerde.of(Processes.class)).withCachingEnabled(),
                store(Names.FACTS, JsonSerde.of(ProcessFact.class)).withCachingEnabled(),
                store(Names.NODES, JsonSerde.of(NodeRecord.class)).withCachingEnabled(),
                store(Names.ABSENCES, JsonSerde.of(NodeAbsences.class)).withCachingEnabled(),
                store(Names.CARRIERS, JsonSerde.of(SourceCoverage.class)).withCachingEnabled(),
                store(Names.CORRECTIONS, JsonSerde.of(TrackedEntity.class)).withCachingEnabled(),
                // One entry is not worth a file of its own.
                Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Names.FORMAT), Serdes.String(), Serdes.Integer()));
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values);
    }
}
