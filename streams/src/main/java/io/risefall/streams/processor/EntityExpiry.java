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
 * Finds subjects that are gone, so that what is stored grows with the servers there are and not with those there have
 * been. A steady server is silent, so time alone does not tell: one is gone when no line about it has come for {@link
 * Rules#goneAfter} and its process was replaced or stopped since, or when nothing of its whole node has come for very
 * long. Looks at a few subjects a call, round and round. Called by one stream thread.
 */
final class EntityExpiry {
    /** Looked at in one go: some milliseconds. */
    private static final int AT_ONCE = 200;
    /** Nodes that log health lines only can be silent for months. */
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

    /** The next few that are gone; once a day is often enough for all of them. */
    List<EntityHistory> find(long today) {
        if (next == null && searchedOn == today) {
            return List.of();
        }
        List<EntityHistory> gone = new ArrayList<>();
        int seen = 0;
        try (KeyValueIterator<String, EntityHistory> all = histories.range(next, null)) {
            while (all.hasNext() && seen < AT_ONCE) {
                KeyValue<String, EntityHistory> entry = all.next();
                seen++;
                next = entry.key + '\0';
                if (isGone(entry.value, today)) {
                    gone.add(entry.value);
                }
            }
            if (!all.hasNext()) {
                next = null;
                searchedOn = today;
            }
        }
        return gone;
    }

    private boolean isGone(EntityHistory history, long today) {
        long patience = rules.goneAfter().toDays();
        if (history.heardOn() == 0 || history.lastLine().isEmpty() || today - history.heardOn() < patience) {
            return false;
        }
        if (history.state().knowsNothing()) {
            return true;
        }
        String node = history.subject().node();
        Instant lastLine = LineKey.at(history.lastLine());
        return today - nodes.heardOn(node) >= patience * SILENT_NODE
                || reloads.apply(node).stream()
                        .anyMatch(reload -> reload.at().isAfter(lastLine)
                                && reload.proxies().contains(history.subject().proxy()));
    }

    /** Until when a subject that is gone was there: as long as is waited for it, if its node spoke for so long. */
    Instant until(EntityHistory history, Processes processes) {
        Instant lastLine = LineKey.at(history.lastLine());
        Instant nodeUntil = processes.lastHeard();
        Instant waited = lastLine.plus(rules.goneAfter());
        if (nodeUntil == null || nodeUntil.isBefore(lastLine)) {
            return lastLine;
        }
        return nodeUntil.isBefore(waited) ? nodeUntil : waited;
    }

    /** Whether nothing of the node is stored any more. */
    boolean isEmpty(String node) {
        try (KeyValueIterator<String, EntityHistory> all =
                histories.prefixScan(TrackedEntity.nodeKey(node), new StringSerializer())) {
            return !all.hasNext();
        }
    }
}
