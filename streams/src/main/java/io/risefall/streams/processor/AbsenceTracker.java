package io.risefall.streams.processor;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.state.Absence;
import io.risefall.streams.absence.AbsencePeriod;
import io.risefall.streams.absence.NodeAbsences;
import io.risefall.streams.absence.SourceCoverage;
import io.risefall.streams.model.TrackedEntity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The times when nobody listened to a node, and which of its proxies can have lost lines then. When these change, the
 * entities concerned are replayed. What was read stays in memory, because every line needs it. Called by one stream thread.
 */
final class AbsenceTracker {
    private final KeyValueStore<String, NodeAbsences> nodes;
    private final KeyValueStore<String, SourceCoverage> carriers;
    private final Consumer<String> replay;
    private final Map<String, NodeAbsences> nodesRead = new HashMap<>();
    private final Map<String, SourceCoverage> carriersRead = new HashMap<>();

    /** @param replay takes the prefix of the keys of entities that must be replayed */
    AbsenceTracker(
            KeyValueStore<String, NodeAbsences> nodes,
            KeyValueStore<String, SourceCoverage> carriers,
            Consumer<String> replay) {
        this.nodes = nodes;
        this.carriers = carriers;
        this.replay = replay;
    }

    void apply(Absence absence) {
        if (!absence.node().isEmpty()) {
            put(absence.node(), of(absence.node()).with(absence));
        }
    }

    void apply(ProcessActivity sign) {
        put(sign.node(), of(sign.node()).lineReceived(sign.source(), sign.lastAt()));
    }

    void apply(HealthEvent event) {
        NodeAbsences ofNode = of(event.node());
        TrackedEntity backend =
                TrackedEntity.backend(event.node(), event.message().proxy());
        SourceCoverage before = carriersOf(backend);
        SourceCoverage after = before.with(event);
        if (after != before) {
            carriers.put(backend.key(), after);
            carriersRead.put(backend.key(), after);
            if (!ofNode.of(after).equals(ofNode.of(before))) {
                replay.accept(backend.key());
            }
        }
        put(event.node(), ofNode.lineReceived(event.origin().source(), event.at()));
    }

    private void put(String node, NodeAbsences after) {
        NodeAbsences before = of(node);
        if (after == before) {
            return;
        }
        nodes.put(node, after);
        nodesRead.put(node, after);
        if (after.differsFrom(before)) {
            replay.accept(TrackedEntity.nodeKey(node));
        }
    }

    private NodeAbsences of(String node) {
        return nodesRead.computeIfAbsent(node, any -> {
            NodeAbsences stored = nodes.get(any);
            return stored == null ? NodeAbsences.NONE : stored;
        });
    }

    private SourceCoverage carriersOf(TrackedEntity backend) {
        return carriersRead.computeIfAbsent(backend.key(), any -> {
            SourceCoverage stored = carriers.get(any);
            return stored == null ? SourceCoverage.NONE : stored;
        });
    }

    /** Whether an absence that began at {@code at} or later may have been applied to an entity of the node. */
    boolean reachBeyond(String node, Instant at) {
        return of(node).reachBeyond(at);
    }

    /** The times in which lines of the entity can be lost. */
    List<AbsencePeriod> of(TrackedEntity entity) {
        return of(entity.node()).of(carriersOf(entity.backend()));
    }

    void forget(String node) {
        nodes.delete(node);
        nodesRead.remove(node);
        try (KeyValueIterator<String, SourceCoverage> all =
                carriers.prefixScan(TrackedEntity.nodeKey(node), new StringSerializer())) {
            List<String> keys = new ArrayList<>();
            all.forEachRemaining((KeyValue<String, SourceCoverage> entry) -> keys.add(entry.key));
            keys.forEach(key -> {
                carriers.delete(key);
                carriersRead.remove(key);
            });
        }
    }
}
