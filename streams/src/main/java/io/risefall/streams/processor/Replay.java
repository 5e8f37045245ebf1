package io.risefall.streams.processor;

import io.risefall.streams.absence.AbsencePeriod;
import io.risefall.streams.dedup.Deduplicator;
import io.risefall.streams.dedup.ForgeryGuard;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.LogPath;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.node.ProcessTimeline;
import io.risefall.streams.store.Checkpoint;
import io.risefall.streams.store.EmittedRecords;
import io.risefall.streams.store.EntityHistory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Applies all kept lines of one entity from the beginning, with the reloads and ends of the node's processes and the times
 * when nobody listened in between. Lines older than corrections reach back are folded into the base on the way. Lives for
 * one replay.
 */
public final class Replay implements EmittedRecords.Corrected {
    private final EntityHistory before;
    private final Rules rules;
    private final ForgeryGuard guard;
    private final int checkpointEvery;
    private final StateRun run;
    private final List<String> folded = new ArrayList<>();
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private EntityState base;
    private @Nullable Instant cut;
    private int sinceCheckpoint;

    public Replay(
            EntityHistory before,
            ProcessTimeline processes,
            List<AbsencePeriod> absences,
            ForgeryGuard guard,
            Rules rules,
            int checkpointEvery) {
        this.guard = guard;
        this.before = before;
        this.rules = rules;
        this.checkpointEvery = checkpointEvery;
        base = before.base();
        cut = before.cut();
        run = new StateRun(
                base, cut, StateRun.Inputs.of(processes, before.entity().proxy(), absences), rules);
    }

    /** Applies all lines, which must be in the order of {@link LineKey}, and returns the history after them. */
    public EntityHistory apply(List<KeyValue<String, Line>> lines) {
        if (lines.isEmpty()) {
            return before;
        }
        List<List<KeyValue<String, Line>>> clusters = Deduplicator.clusters(lines);
        Instant newest = lines.get(lines.size() - 1).value.at();
        Instant newCut = between(clusters, newest.minus(rules.corrections()).truncatedTo(ChronoUnit.MINUTES));
        Instant oldest = newest;
        List<Line> events = new ArrayList<>();
        Map<Integer, Instant> clusterStarts = new HashMap<>();
        Instant lastLine = Instant.MIN;
        int old = 0;
        for (List<KeyValue<String, Line>> cluster : clusters) {
            clusterStarts.put(events.size(), lastLine);
            lastLine = cluster.get(cluster.size() - 1).value.at();
            events.addAll(Deduplicator.mergeCluster(cluster));
            if (cluster.get(0).value.at().isBefore(newCut)) {
                cluster.forEach(line -> folded.add(line.key));
                old = events.size();
            } else if (cluster.get(0).value.at().isBefore(oldest)) {
                oldest = cluster.get(0).value.at();
            }
        }
        boolean suspectedForged = apply(events, clusterStarts, old, newCut);
        String last = lines.get(lines.size() - 1).key;
        LogPath path = Deduplicator.onlyPath(clusters.get(clusters.size() - 1));
        return new EntityHistory(
                before.entity(),
                base,
                cut,
                run.state(),
                last.compareTo(before.lastLine()) > 0 ? last : before.lastLine(),
                oldest,
                suspectedForged,
                path == null ? null : path.name(),
                before.lastLineOn(),
                sinceCheckpoint);
    }

    /** The whole minute at or before {@code time} that lies in none of the clusters. */
    private static Instant between(List<List<KeyValue<String, Line>>> clusters, Instant time) {
        Instant minute = time;
        for (int i = clusters.size() - 1; i >= 0; i--) {
            List<KeyValue<String, Line>> cluster = clusters.get(i);
            Instant first = cluster.get(0).value.at();
            if (first.isBefore(minute)
                    && !cluster.get(cluster.size() - 1).value.at().isBefore(minute)) {
                minute = first.truncatedTo(ChronoUnit.MINUTES);
            }
        }
        return minute;
    }

    /**
     * Applies the events, and folds the first {@code old} of them.
     *
     * @param clusterStarts for the first event of each cluster, the time of the line before
     * @return whether one was left out as possibly forged
     */
    private boolean apply(List<Line> events, Map<Integer, Instant> clusterStarts, int old, Instant newCut) {
        boolean suspectedForged = false;
        for (int i = 0; i < events.size(); i++) {
            Line line = events.get(i);
            if (i == old) {
                fold(newCut);
            }
            Instant lastLine = clusterStarts.get(i);
            if (lastLine != null
                    && i > old
                    && ++sinceCheckpoint >= checkpointEvery
                    && run.isQuiet(lastLine, line.at())) {
                checkpoints.add(new Checkpoint(line.at(), run.state()));
                sinceCheckpoint = 0;
            }
            boolean suspected = ForgeryGuard.possible(line) && guard.isSuspected(line, nextSwitch(events, i));
            suspectedForged |= suspected;
            if (suspected) {
                run.applyInputsBefore(line);
            } else {
                run.apply(line);
            }
        }
        run.applyInputsBefore(Instant.MAX);
        return suspectedForged;
    }

    /** The next switch line of the same server: a backend has those of all of its servers. */
    private static @Nullable Line nextSwitch(List<Line> events, int of) {
        for (int i = of + 1; i < events.size(); i++) {
            if (ForgeryGuard.isSwitch(events.get(i))
                    && Objects.equals(
                            events.get(i).message().serverName(),
                            events.get(of).message().serverName())) {
                return events.get(i);
            }
        }
        return null;
    }

    private void fold(Instant newCut) {
        if (!folded.isEmpty()) {
            run.applyInputsBefore(newCut);
            base = run.state();
            cut = newCut;
        }
    }

    @Override
    public Map<String, OutputRecord> records() {
        return run.records();
    }

    /** States on the way, from which a late line can be applied. */
    List<Checkpoint> checkpoints() {
        return checkpoints;
    }

    /** Keys of the lines that are folded into the base and can be deleted. */
    List<String> folded() {
        return folded;
    }

    @Override
    public boolean isFinal(String key) {
        return cut != null
                && startOf(key).isBefore(cut)
                && base.lasting().stream().noneMatch(lasting -> lasting.key().equals(key));
    }

    /** The time that the key of every record ends with. */
    private static Instant startOf(String key) {
        return Instant.EPOCH.plus(Long.parseLong(key.substring(key.lastIndexOf('/') + 1)), ChronoUnit.MICROS);
    }
}
