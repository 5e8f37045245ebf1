package io.risefall.streams.processor;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.node.ProcessTimeline;
import io.risefall.streams.node.Processes;
import io.risefall.streams.process.Generations;
import io.risefall.streams.process.ProcessFact;
import io.risefall.streams.store.EntityHistory;
import io.risefall.streams.store.LineStore;
import io.risefall.streams.store.PendingReplay;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The HAProxy processes of each node. What a line or a sign of life shows about them is kept as a fact. If it changes the
 * node's timeline, {@link TimelineUpdates} tells the entities. A late fact can change what followed from later ones: then the
 * timeline is built again from all facts at the next tick. Timelines stay in memory, because every line needs one. Called by
 * one stream thread.
 */
final class NodeProcesses {
    private final KeyValueStore<String, Processes> store;
    private final ProcessFacts facts;
    private final PendingReplays replays;
    private final TimelineUpdates updates;
    private final WorkMetrics metrics;
    private final Duration reach;
    private final Map<String, ProcessTimeline> timelines = new HashMap<>();

    /** @param reach for how long an ended process is kept */
    NodeProcesses(
            KeyValueStore<String, Processes> store,
            ProcessFacts facts,
            PendingReplays replays,
            TimelineUpdates updates,
            WorkMetrics metrics,
            Duration reach) {
        this.store = store;
        this.facts = facts;
        this.replays = replays;
        this.updates = updates;
        this.metrics = metrics;
        this.reach = reach;
    }

    /** The timeline of a node as far as it is known now. */
    ProcessTimeline of(String node) {
        return timelines.computeIfAbsent(node, any -> {
            Processes stored = store.get(any);
            return ProcessTimeline.of(stored == null ? Processes.NONE : stored);
        });
    }

    void apply(HealthEvent event) {
        if (event.pid() == null) {
            put(event.node(), of(event.node()).processes().apply(event.at(), event.message()));
            return;
        }
        ProcessFact fact = ProcessFact.of(event.at(), event.pid(), event.message());
        if (fact != null) {
            apply(event.node(), fact);
        }
    }

    void apply(ProcessActivity sign) {
        if (sign.pid() == null) {
            put(sign.node(), of(sign.node()).processes().alive(sign.lastAt()));
        } else {
            apply(sign.node(), ProcessFact.of(sign, sign.pid()));
        }
    }

    private void apply(String node, ProcessFact fact) {
        ProcessFacts.Added added = facts.add(node, fact);
        if (added == null) {
            return;
        }
        Processes before = of(node).processes();
        Generations known = before.generations();
        ProcessFact replaced = added.before();
        ProcessFact now = added.now();
        boolean sameBegin = replaced == null || known.isSameBegin(replaced, now);
        if (replaced != null && added.isRefined() && known.canRefine(replaced, now)) {
            put(node, before.with(known.refined(replaced, now)));
        } else if (!added.isRefined() && sameBegin && known.isNext(now)) {
            put(node, before.after(now, reach));
        } else {
            replays.add(TrackedEntity.processes(node));
        }
    }

    private void put(String node, Processes processes) {
        ProcessTimeline before = of(node);
        if (processes.equals(before.processes())) {
            return;
        }
        ProcessTimeline after = before.after(processes);
        store.put(node, processes);
        timelines.put(node, after);
        updates.apply(node, before, after);
    }

    /** Builds the timelines of nodes with late facts again. Must be called before entities are replayed. */
    void rebuild() {
        for (PendingReplay pending : replays.all()) {
            if (pending.entity().isProcesses()) {
                String node = pending.node();
                metrics.timelineRebuilt();
                put(node, of(node).processes().with(facts.generations(node)));
                replays.remove(pending.entity());
            }
        }
    }

    void forget(String node) {
        store.delete(node);
        facts.forget(node);
        replays.remove(TrackedEntity.processes(node));
        timelines.remove(node);
    }

    /** Derives facts from the stored lines and processes of an older build, which kept no facts. */
    void migrate(LineStore lines, KeyValueStore<String, EntityHistory> histories) {
        Set<String> nodes = new TreeSet<>();
        try (KeyValueIterator<String, Processes> all = store.all()) {
            all.forEachRemaining(entry -> {
                nodes.add(entry.key);
                entry.value.factsOfSpans().forEach(fact -> facts.add(entry.key, fact));
            });
        }
        lines.forEach((key, line) -> {
            EntityHistory history = histories.get(LineKey.entityKey(key));
            ProcessFact fact = fact(line);
            if (fact != null && history != null) {
                facts.add(history.entity().node(), fact);
            }
        });
        for (String node : nodes) {
            store.put(node, store.get(node).withoutSpans(facts.generations(node)));
            timelines.remove(node);
        }
    }

    private static @Nullable ProcessFact fact(Line line) {
        return line.pid() == null ? null : ProcessFact.of(line.at(), line.pid(), line.message());
    }
}
