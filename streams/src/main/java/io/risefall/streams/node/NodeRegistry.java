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
 * The nodes that are heard, and how many of their lines came too late to correct anything. Says so whenever it changes.
 * Called by one stream thread.
 */
public final class NodeRegistry {
    private final KeyValueStore<String, NodeRecord> store;
    private final Duration reach;
    private final Consumer<Corrections> says;
    private final Map<String, NodeRecord> read = new HashMap<>();

    public NodeRegistry(KeyValueStore<String, NodeRecord> store, Duration reach, Consumer<Corrections> says) {
        this.store = store;
        this.reach = reach;
        this.says = says;
    }

    /** A line of the node came today. */
    public void heard(String node, long today) {
        NodeRecord before = memory(node);
        if (before == null) {
            put(node, new Corrections(node, reach.toMillis(), 0, null), today, true);
        } else if (before.corrections().reachMillis() != reach.toMillis()) {
            Corrections said = before.corrections();
            put(node, new Corrections(node, reach.toMillis(), said.tooLate(), said.tooLateAt()), today, true);
        } else if (before.heardOn() != today) {
            put(node, before.corrections(), today, false);
        }
    }

    /** A line of the node came too late to correct anything; {@link #heard} was called for it. */
    public void tooLate(String node, Instant at) {
        NodeRecord before = memory(node);
        Corrections said = before.corrections();
        put(node, new Corrections(node, said.reachMillis(), said.tooLate() + 1, at), before.heardOn(), true);
    }

    /** The last day on which a line of the node came, as {@link NodeRecord#heardOn}; 0 where none ever did. */
    public long heardOn(String node) {
        NodeRecord memory = memory(node);
        return memory == null ? 0 : memory.heardOn();
    }

    public void forget(String node) {
        read.remove(node);
        store.delete(node);
    }

    private @Nullable NodeRecord memory(String node) {
        return read.computeIfAbsent(node, store::get);
    }

    private void put(String node, Corrections corrections, long heardOn, boolean changed) {
        NodeRecord memory = new NodeRecord(corrections, heardOn);
        store.put(node, memory);
        read.put(node, memory);
        if (changed) {
            says.accept(corrections);
        }
    }
}
