package io.risefall.streams.processor;

import io.risefall.streams.absence.AbsencePeriod;
import io.risefall.streams.dedup.Clusters;
import io.risefall.streams.dedup.Deduplicator;
import io.risefall.streams.dedup.ForgeryGuard;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.LogPath;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.node.ProcessTimeline;
import io.risefall.streams.store.Checkpoint;
import io.risefall.streams.store.Checkpoints;
import io.risefall.streams.store.EntityHistory;
import io.risefall.streams.store.LineStore;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Applies a few lines that came late to an entity. From the last checkpoint before such a line on, the kept lines are applied
 * twice, with it and without it, until both states are equal: all that follows stays as it is. What the two emitted otherwise
 * is the correction. Lives for one entity and tick.
 */
final class LateLines {
    private final TrackedEntity entity;
    private final StateRun.Inputs inputs;
    private final Rules rules;
    private final LineStore lines;
    private final Checkpoints checkpoints;
    private final Map<String, OutputRecord> corrections = new LinkedHashMap<>();
    private EntityHistory history;
    private int applied;

    LateLines(
            EntityHistory before,
            ProcessTimeline processes,
            List<AbsencePeriod> absences,
            Rules rules,
            LineStore lines,
            Checkpoints checkpoints) {
        entity = before.entity();
        history = before;
        inputs = StateRun.Inputs.of(processes, entity.proxy(), absences);
        this.rules = rules;
        this.lines = lines;
        this.checkpoints = checkpoints;
    }

    /**
     * Applies lines, which must be stored.
     *
     * @param keys of the lines that were not applied so far
     * @return false if this way does not do, and everything must be replayed
     */
    boolean apply(Collection<String> keys) {
        NavigableSet<String> late = new TreeSet<>(keys);
        boolean done = true;
        while (done && !late.isEmpty()) {
            done = applyFirst(late);
        }
        return done;
    }

    /** The history after the lines. */
    EntityHistory history() {
        return history;
    }

    /** The records that differ from those before; a null value: the record is deleted. */
    List<OutputRecord> corrections() {
        return List.copyOf(corrections.values());
    }

    /** How many lines were applied again. */
    int applied() {
        return applied;
    }

    /** Applies the first late line, and the others that come before both states are equal again. */
    private boolean applyFirst(NavigableSet<String> late) {
        String first = late.first();
        Instant from = LineKey.at(first);
        Checkpoint checkpoint = checkpoint(from);
        StateRun with = run(checkpoint);
        StateRun without = run(checkpoint);
        String start = LineKey.prefix(entity);
        if (checkpoint != null) {
            start += LineKey.time(checkpoint.at());
        } else if (history.cut() != null) {
            start += LineKey.time(history.cut());
        }
        Clusters clusters = new Clusters(lines.upFrom(entity, start));
        history = history.withLine(from);
        while (clusters.hasNext()) {
            List<KeyValue<String, Line>> cluster = clusters.next();
            if (cluster.stream().anyMatch(line -> ForgeryGuard.possible(line.value))) {
                return false;
            }
            applied += cluster.size();
            Deduplicator.mergeCluster(cluster).forEach(with::apply);
            Deduplicator.merge(cluster.stream()
                            .filter(line -> !late.contains(line.key))
                            .toList())
                    .forEach(without::apply);
            cluster.forEach(line -> late.remove(line.key));
            if (!clusters.hasNext()) {
                return late.isEmpty() && end(with, without, from, cluster);
            }
            Instant at = cluster.get(0).value.at();
            if (!late.contains(first) && with.isAs(without) && canSkipAfter(at, late)) {
                checkpoints.delete(entity, from, at);
                Set<String> lasting =
                        with.state().lasting().stream().map(OutputRecord::key).collect(Collectors.toSet());
                correct(with, without, lasting);
                return true;
            }
        }
        return false;
    }

    /** Whether nothing has to be applied now, or first after a checkpoint that comes later: to go on costs less than to go back. */
    private boolean canSkipAfter(Instant time, NavigableSet<String> late) {
        if (late.isEmpty()) {
            return true;
        }
        Checkpoint next = checkpoint(LineKey.at(late.first()));
        return next != null && next.at().isAfter(time);
    }

    /** The last one that no late line is before; null if there is none. */
    private @Nullable Checkpoint checkpoint(Instant from) {
        Checkpoint found = checkpoints.lastUntil(entity, from);
        return found == null || history.cut() != null && found.at().isBefore(history.cut()) ? null : found;
    }

    private StateRun run(@Nullable Checkpoint from) {
        return from == null
                ? new StateRun(history.base(), history.cut(), inputs, rules)
                : new StateRun(from.state(), from.at(), inputs, rules);
    }

    /** All lines were applied, and the state at the end is another. */
    private boolean end(StateRun with, StateRun without, Instant from, List<KeyValue<String, Line>> lastCluster) {
        with.applyInputsBefore(Instant.MAX);
        without.applyInputsBefore(Instant.MAX);
        if (!without.state().equals(history.state())) {
            return false;
        }
        checkpoints.delete(entity, from, lastCluster.get(0).value.at());
        correct(with, without, Set.of());
        LogPath path = Deduplicator.onlyPath(lastCluster);
        history = history.after(
                with.state(), lastCluster.get(lastCluster.size() - 1).key, path == null ? null : path.name());
        return true;
    }

    /** @param later keys of records whose last version is a later one, and which is the same in both */
    private void correct(StateRun with, StateRun without, Set<String> later) {
        with.records().forEach((key, record) -> {
            if (!later.contains(key)
                    && !Objects.equals(record, without.records().get(key))) {
                corrections.put(key, record);
            }
        });
        without.records().forEach((key, record) -> {
            if (!with.records().containsKey(key)) {
                corrections.put(key, new OutputRecord(record.topic(), key, null));
            }
        });
    }
}
