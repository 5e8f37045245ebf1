package io.risefall.streams.processor;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.source.Sign;
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
 * When nobody listened to which nodes, and what that makes their proxies miss. Whenever that may have changed, says whose
 * lines must be heard again. What is read is kept in memory, because every line asks. Called by one stream thread.
 */
final class AbsenceTracker {
    private final KeyValueStore<String, NodeAbsences> nodes;
    private final KeyValueStore<String, SourceCoverage> carriers;
    private final Consumer<String> hearAgain;
    private final Map<String, NodeAbsences> nodesRead = new HashMap<>();
    private final Map<String, SourceCoverage> carriersRead = new HashMap<>();

    /** @param hearAgain takes the beginning of the keys of the subjects whose lines must be heard again */
    AbsenceTracker(
            KeyValueStore<String, NodeAbsences> nodes,
            KeyValueStore<String, SourceCoverage> carriers,
            Consumer<String> hearAgain) {
        this.nodes = nodes;
        this.carriers = carriers;
        this.hearAgain = hearAgain;
    }

    void heard(Absence absence) {
        if (!absence.node().isEmpty()) {
            put(absence.node(), of(absence.node()).with(absence));
        }
    }

    void heard(Sign sign) {
        put(sign.node(), of(sign.node()).heard(sign.source(), sign.lastAt()));
    }

    void heard(HealthEvent event) {
        NodeAbsences ofNode = of(event.node());
        TrackedEntity backend =
                TrackedEntity.backend(event.node(), event.message().proxy());
        SourceCoverage before = carriersOf(backend);
        SourceCoverage after = before.heard(event);
        if (after != before) {
            carriers.put(backend.key(), after);
            carriersRead.put(backend.key(), after);
            if (!ofNode.of(after).equals(ofNode.of(before))) {
                hearAgain.accept(backend.key());
            }
        }
        put(event.node(), ofNode.heard(event.origin().source(), event.at()));
    }

    private void put(String node, NodeAbsences after) {
        NodeAbsences before = of(node);
        if (after == before) {
            return;
        }
        nodes.put(node, after);
        nodesRead.put(node, after);
        if (after.differsFrom(before)) {
            hearAgain.accept(TrackedEntity.nodeKey(node));
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

    /** Whether a subject of the node can have heard of one that began at {@code at} or later. */
    boolean reachBeyond(String node, Instant at) {
        return of(node).reachBeyond(at);
    }

    /** The times in which lines of the subject can be lost. */
    List<AbsencePeriod> of(TrackedEntity subject) {
        return of(subject.node()).of(carriersOf(subject.backend()));
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
