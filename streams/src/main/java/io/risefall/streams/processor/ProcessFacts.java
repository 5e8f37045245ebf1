package io.risefall.streams.processor;

import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.process.Generations;
import io.risefall.streams.process.ProcessFact;
import io.risefall.streams.process.ProcessFact.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The stored facts about the processes of each node: for a process, one line per second and proxy, and everything about
 * starts and ends. Once a day, facts older than corrections reach back are thinned out; what follows from them stays the
 * same. Called by one stream thread.
 */
final class ProcessFacts {
    private final KeyValueStore<String, ProcessFact> store;
    private final Duration reach;
    private final Map<String, Long> thinnedOn = new HashMap<>();

    ProcessFacts(KeyValueStore<String, ProcessFact> store, Duration reach) {
        this.store = store;
        this.reach = reach;
    }

    /** A fact that is stored now. @param before the one that it replaces; null if none */
    record Added(@Nullable ProcessFact before, ProcessFact now) {
        /** Whether it only adds the fraction of the second. */
        boolean isRefined() {
            return before != null && now.isFinerThan(before);
        }
    }

    /** Stores a fact; null if it is not new. */
    @Nullable Added add(String node, ProcessFact fact) {
        String key = key(node, fact);
        ProcessFact before = store.get(key);
        ProcessFact now = before == null ? fact : before.with(fact);
        if (now.equals(before)) {
            return null;
        }
        store.put(key, now);
        thin(node, fact);
        return new Added(before, now);
    }

    /** The processes that follow from all stored facts of a node. */
    Generations generations(String node) {
        return Generations.of(all(node).stream().map(entry -> entry.value).toList(), reach);
    }

    void forget(String node) {
        all(node).forEach(entry -> store.delete(entry.key));
        thinnedOn.remove(node);
    }

    private List<KeyValue<String, ProcessFact>> all(String node) {
        List<KeyValue<String, ProcessFact>> facts = new ArrayList<>();
        try (KeyValueIterator<String, ProcessFact> kept =
                store.prefixScan(TrackedEntity.nodeKey(node), new StringSerializer())) {
            kept.forEachRemaining(facts::add);
        }
        return facts;
    }

    /** Once per day of event time. */
    private void thin(String node, ProcessFact newest) {
        long day = Duration.between(Instant.EPOCH, newest.at()).toDays();
        Long before = thinnedOn.get(node);
        if (before != null && day <= before) {
            return;
        }
        thinnedOn.put(node, day);
        redundant(node, newest.at().minus(reach)).forEach(store::delete);
    }

    /** Keys of facts before {@code old} that add nothing: of the same fact in a row, all but the first and last. */
    private List<String> redundant(String node, Instant old) {
        List<String> keys = new ArrayList<>();
        KeyValue<String, ProcessFact> last = null;
        Set<String> known = new HashSet<>();
        try (KeyValueIterator<String, ProcessFact> kept =
                store.prefixScan(TrackedEntity.nodeKey(node), new StringSerializer())) {
            while (kept.hasNext()) {
                KeyValue<String, ProcessFact> entry = kept.next();
                ProcessFact fact = entry.value;
                if (!fact.at().isBefore(old)) {
                    break;
                }
                if (last == null || fact.pid() != last.value.pid() || fact.kind() != last.value.kind()) {
                    known.clear();
                } else if (fact.kind() == Kind.WORD && !known.add(last.value.proxy())) {
                    keys.add(last.key);
                }
                last = entry;
            }
        }
        return keys;
    }

    private static String key(String node, ProcessFact fact) {
        return TrackedEntity.nodeKey(node)
                + LineKey.time(fact.slot())
                + LineKey.END
                + fact.pid()
                + LineKey.END
                + fact.kind()
                + LineKey.END
                + fact.proxy();
    }
}
