package io.risefall.streams.store;

import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.TrackedEntity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of all entities. One is valid as long as no line, reload or absence before it is added or taken back; whoever
 * does so must delete it. Called by one stream thread.
 */
public final class Checkpoints {
    private final KeyValueStore<String, Checkpoint> store;

    /** @param store {@link Names#CHECKPOINTS} */
    public Checkpoints(KeyValueStore<String, Checkpoint> store) {
        this.store = store;
    }

    public void put(TrackedEntity entity, Checkpoint checkpoint) {
        store.put(key(entity, checkpoint.at()), checkpoint);
    }

    /** The latest one at or before a time; null if there is none. */
    public @Nullable Checkpoint lastUntil(TrackedEntity entity, Instant time) {
        try (KeyValueIterator<String, Checkpoint> found =
                store.reverseRange(LineKey.prefix(entity), key(entity, time))) {
            return found.hasNext() ? found.next().value : null;
        }
    }

    /** Deletes those later than {@code from}, up to {@code until}. */
    public void delete(TrackedEntity entity, Instant from, Instant until) {
        List<String> keys = keys(store.range(key(entity, from), key(entity, until)));
        keys.remove(key(entity, from));
        keys.forEach(store::delete);
    }

    /** Deletes all of an entity. */
    public void delete(TrackedEntity entity) {
        keys(store.prefixScan(LineKey.prefix(entity), new StringSerializer())).forEach(store::delete);
    }

    private static List<String> keys(KeyValueIterator<String, Checkpoint> found) {
        List<String> keys = new ArrayList<>();
        try (found) {
            found.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    private static String key(TrackedEntity entity, Instant at) {
        return LineKey.prefix(entity) + LineKey.time(at);
    }
}
