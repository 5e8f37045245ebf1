package io.risefall.streams.processor;

import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.store.EntityHistory;
import io.risefall.streams.store.PendingReplay;
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
    private final KeyValueStore<String, PendingReplay> store;
    private final KeyValueStore<String, EntityHistory> histories;

    PendingReplays(KeyValueStore<String, PendingReplay> store, KeyValueStore<String, EntityHistory> histories) {
        this.store = store;
        this.histories = histories;
    }

    /** Adds an entity of which everything is replayed. */
    void add(TrackedEntity entity) {
        store.put(entity.key(), PendingReplay.whole(entity));
    }

    /** Adds a line that is not applied yet, and of which its entity's replay may begin. */
    void add(TrackedEntity entity, String line) {
        PendingReplay pending = store.get(entity.key());
        store.put(entity.key(), pending == null ? PendingReplay.of(entity, line) : pending.with(line));
    }

    /** Of the entities whose keys begin with {@code prefix} and that are going to be replayed, everything is. */
    void widen(String prefix) {
        List<TrackedEntity> narrow = new ArrayList<>();
        try (KeyValueIterator<String, PendingReplay> all = store.prefixScan(prefix, new StringSerializer())) {
            while (all.hasNext()) {
                PendingReplay pending = all.next().value;
                if (pending.lines() != null) {
                    narrow.add(pending.entity());
                }
            }
        }
        narrow.forEach(this::add);
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
            all.forEachRemaining(entry -> add(entry.value.entity()));
        }
    }

    boolean contains(TrackedEntity entity) {
        return store.get(entity.key()) != null;
    }

    void remove(TrackedEntity entity) {
        store.delete(entity.key());
    }

    List<PendingReplay> all() {
        List<PendingReplay> pending = new ArrayList<>();
        try (KeyValueIterator<String, PendingReplay> all = store.all()) {
            all.forEachRemaining(entry -> pending.add(entry.value));
        }
        return pending;
    }
}
