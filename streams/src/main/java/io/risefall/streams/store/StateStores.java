package io.risefall.streams.store;

import io.risefall.streams.absence.NodeAbsences;
import io.risefall.streams.absence.SourceCoverage;
import io.risefall.streams.node.NodeRecord;
import io.risefall.streams.node.Processes;
import io.risefall.streams.process.ProcessFact;
import io.risefall.streams.processor.TrackHealth;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The state stores of {@link TrackHealth}. All are restored from their changelogs. A key is written once per commit, however
 * often it changed.
 */
public final class StateStores {
    /** Half a kilobyte each. */
    private static final int MOST_LINES = 40_000;

    private static final int MOST_FACTS = 20_000;
    /** Some kilobytes each, an hour with many changes more. */
    private static final int MOST_ENTITIES = 5_000;

    private static final int MOST_NODES = 200;
    /** They are read for late lines alone. */
    private static final int MOST_CHECKPOINTS = 200;

    private StateStores() {}

    public static List<StoreBuilder<?>> builders() {
        return List.of(
                new ObjectStoreBuilder<>(
                        Names.LINES, new LineSegmentCodec(), new ObjectStore.Limit<>(MOST_LINES, LineSegment::size)),
                objects(Names.HISTORIES, EntityHistory.class, MOST_ENTITIES),
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(Names.EMITTED), Serdes.String(), Serdes.ByteArray())
                        .withCachingDisabled(),
                BeforeCommit.builder(),
                objects(Names.PROCESSES, Processes.class, MOST_NODES),
                objects(Names.FACTS, ProcessFact.class, MOST_FACTS),
                objects(Names.NODES, NodeRecord.class, MOST_NODES),
                objects(Names.ABSENCES, NodeAbsences.class, MOST_NODES),
                objects(Names.CARRIERS, SourceCoverage.class, MOST_ENTITIES),
                objects(Names.CORRECTIONS, PendingReplay.class, MOST_ENTITIES),
                objects(Names.CHECKPOINTS, Checkpoint.class, MOST_CHECKPOINTS),
                // One entry is not worth a file of its own.
                Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Names.FORMAT), Serdes.String(), Serdes.Integer()));
    }

    private static <V> StoreBuilder<?> objects(String name, Class<V> type, int most) {
        return new ObjectStoreBuilder<>(name, SmileCodec.of(type), ObjectStore.Limit.objects(most));
    }
}
