package io.risefall.streams.processor;

import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.node.NodeRegistry;
import io.risefall.streams.node.Processes;
import io.risefall.streams.process.Reload;
import io.risefall.streams.store.EntityHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Finds entities that no longer exist, so that the stores grow with the servers there are and not with those there have
 * been. A steady server is silent, so time alone does not tell: an entity has expired if no line about it has come for {@link
 * Rules#expireAfter} and its process was replaced or stopped since, or if no line of its whole node has come for very long.
 * Each call checks a few entities, in turn. Called by one stream thread.
 */
final class EntityExpiry {
    /** Checked in one call: takes some milliseconds. */
    private static final int AT_ONCE = 200;
    /** How many times longer a node must be silent: one that logs only health lines can be silent for months. */
    private static final int SILENT_NODE = 12;

    private final KeyValueStore<String, EntityHistory> histories;
    private final NodeRegistry nodes;
    private final Function<String, List<Reload>> reloads;
    private final Rules rules;
    private @Nullable String next;
    private long searchedOn;

    EntityExpiry(
            KeyValueStore<String, EntityHistory> histories,
            NodeRegistry nodes,
            Function<String, List<Reload>> reloads,
            Rules rules) {
        this.histories = histories;
        this.nodes = nodes;
        this.reloads = reloads;
        this.rules = rules;
    }

    /** The next few that have expired; each entity is checked once a day. */
    List<EntityHistory> find(long today) {
        if (next == null && searchedOn == today) {
            return List.of();
        }
        List<EntityHistory> expired = new ArrayList<>();
        int seen = 0;
        try (KeyValueIterator<String, EntityHistory> all = histories.range(next, null)) {
            while (all.hasNext() && seen < AT_ONCE) {
                KeyValue<String, EntityHistory> entry = all.next();
                seen++;
                next = entry.key + '\0';
                if (isExpired(entry.value, today)) {
                    expired.add(entry.value);
                }
            }
            if (!all.hasNext()) {
                next = null;
                searchedOn = today;
            }
        }
        return expired;
    }

    private boolean isExpired(EntityHistory history, long today) {
        long patience = rules.expireAfter().toDays();
        if (history.lastLineOn() == 0 || history.lastLine().isEmpty() || today - history.lastLineOn() < patience) {
            return false;
        }
        if (history.state().knowsNothing()) {
            return true;
        }
        String node = history.entity().node();
        Instant lastLine = LineKey.at(history.lastLine());
        return today - nodes.lastLineOn(node) >= patience * SILENT_NODE
                || reloads.apply(node).stream()
                        .anyMatch(reload -> reload.at().isAfter(lastLine)
                                && reload.proxies().contains(history.entity().proxy()));
    }

    /** When an expired entity ended: {@link Rules#expireAfter} after its last line, or with the last line of its node before. */
    Instant existedUntil(EntityHistory history, Processes processes) {
        Instant lastLine = LineKey.at(history.lastLine());
        Instant nodeUntil = processes.lastHeard();
        Instant waited = lastLine.plus(rules.expireAfter());
        if (nodeUntil == null || nodeUntil.isBefore(lastLine)) {
            return lastLine;
        }
        return nodeUntil.isBefore(waited) ? nodeUntil : waited;
    }

    /** Whether no entity of the node is stored any more. */
    boolean isEmpty(String node) {
        try (KeyValueIterator<String, EntityHistory> all =
                histories.prefixScan(TrackedEntity.nodeKey(node), new StringSerializer())) {
            return !all.hasNext();
        }
    }
}
