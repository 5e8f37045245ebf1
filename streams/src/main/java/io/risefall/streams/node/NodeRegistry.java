package io.risefall.streams.node;

import io.risefall.schemas.state.Corrections;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that lines came from, and how many of those lines came too late to correct anything. Emits a record whenever
 * this changes. Called by one stream thread.
 */
public final class NodeRegistry {
    private final KeyValueStore<String, NodeRecord> store;
    private final Duration reach;
    private final Consumer<Corrections> emit;
    private final Map<String, NodeRecord> read = new HashMap<>();

    public NodeRegistry(KeyValueStore<String, NodeRecord> store, Duration reach, Consumer<Corrections> emit) {
        this.store = store;
        this.reach = reach;
        this.emit = emit;
    }

    /** A line of the node came today. */
    public void lineReceived(String node, long today) {
        NodeRecord before = record(node);
        if (before == null) {
            put(node, new Corrections(node, reach.toMillis(), 0, null), today, true);
        } else if (before.corrections().reachMillis() != reach.toMillis()) {
            Corrections corrections = before.corrections();
            put(
                    node,
                    new Corrections(node, reach.toMillis(), corrections.tooLate(), corrections.tooLateAt()),
                    today,
                    true);
        } else if (before.lastLineOn() != today) {
            put(node, before.corrections(), today, false);
        }
    }

    /** A line of the node came too late to correct anything; {@link #lineReceived} was called for it. */
    public void tooLate(String node, Instant at) {
        NodeRecord before = record(node);
        if (before == null) {
            throw new IllegalStateException("a late line of " + node + " was counted before the line itself");
        }
        Corrections corrections = before.corrections();
        put(
                node,
                new Corrections(node, corrections.reachMillis(), corrections.tooLate() + 1, at),
                before.lastLineOn(),
                true);
    }

    /** The last day on which a line of the node came, as {@link NodeRecord#lastLineOn}; 0 if none ever did. */
    public long lastLineOn(String node) {
        NodeRecord record = record(node);
        return record == null ? 0 : record.lastLineOn();
    }

    public void forget(String node) {
        read.remove(node);
        store.delete(node);
    }

    private @Nullable NodeRecord record(String node) {
        return read.computeIfAbsent(node, store::get);
    }

    private void put(String node, Corrections corrections, long lastLineOn, boolean changed) {
        NodeRecord record = new NodeRecord(corrections, lastLineOn);
        store.put(node, record);
        read.put(node, record);
        if (changed) {
            emit.accept(corrections);
        }
    }
}
