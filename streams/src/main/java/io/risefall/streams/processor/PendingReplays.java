package io.risefall.streams.processor;

import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.store.EntityHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The entities that the next ticks replay, and the nodes whose process timelines are built again before that. Called by one
 * stream thread.
 */
final class PendingReplays {
    private final KeyValueStore<String, TrackedEntity> store;
    private final KeyValueStore<String, EntityHistory> histories;

    PendingReplays(KeyValueStore<String, TrackedEntity> store, KeyValueStore<String, EntityHistory> histories) {
        this.store = store;
        this.histories = histories;
    }

    void add(TrackedEntity entity) {
        store.put(entity.key(), entity);
    }

    /** Adds the entities whose keys begin with {@code prefix}. */
    void addAll(String prefix) {
        addAll(prefix, any -> true);
    }

    /** Adds those entities whose keys begin with {@code prefix} and that pass the test. */
    void addAll(String prefix, Predicate<EntityHistory> test) {
        histories(prefix).stream().filter(test).forEach(history -> add(history.entity()));
    }

    /** The entities whose keys begin with {@code prefix} and that are not going to be replayed. */
    List<EntityHistory> notPending(String prefix) {
        return histories(prefix).stream()
                .filter(history -> !contains(history.entity()))
                .toList();
    }

    private List<EntityHistory> histories(String prefix) {
        List<EntityHistory> found = new ArrayList<>();
        try (KeyValueIterator<String, EntityHistory> all = histories.prefixScan(prefix, new StringSerializer())) {
            all.forEachRemaining(entry -> found.add(entry.value));
        }
        return found;
    }

    /** Adds every entity. */
    void addAll() {
        try (KeyValueIterator<String, EntityHistory> all = histories.all()) {
            all.forEachRemaining(entry -> store.put(entry.key, entry.value.entity()));
        }
    }

    boolean contains(TrackedEntity entity) {
        return store.get(entity.key()) != null;
    }

    void remove(TrackedEntity entity) {
        store.delete(entity.key());
    }

    List<TrackedEntity> all() {
        List<TrackedEntity> pending = new ArrayList<>();
        try (KeyValueIterator<String, TrackedEntity> all = store.all()) {
            all.forEachRemaining(entry -> pending.add(entry.value));
        }
        return pending;
    }
}
