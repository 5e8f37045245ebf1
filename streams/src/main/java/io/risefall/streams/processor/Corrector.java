package io.risefall.streams.processor;

import io.risefall.streams.dedup.ForgeryGuard;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.store.Checkpoints;
import io.risefall.streams.store.EmittedRecords;
import io.risefall.streams.store.EntityHistory;
import io.risefall.streams.store.LineStore;
import io.risefall.streams.store.PendingReplay;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/** Applies late lines of an entity, or replays all that are kept, and corrects what was emitted of it. Called by one stream thread. */
final class Corrector {
    private final LineStore lines;
    private final KeyValueStore<String, EntityHistory> histories;
    private final Checkpoints checkpoints;
    private final EmittedRecords emitted;
    private final NodeProcesses processes;
    private final AbsenceTracker absences;
    private final Rules rules;
    private final int checkpointEvery;
    private final WorkMetrics metrics;

    Corrector(
            LineStore lines,
            KeyValueStore<String, EntityHistory> histories,
            Checkpoints checkpoints,
            EmittedRecords emitted,
            NodeProcesses processes,
            AbsenceTracker absences,
            Rules rules,
            int checkpointEvery,
            WorkMetrics metrics) {
        this.lines = lines;
        this.histories = histories;
        this.checkpoints = checkpoints;
        this.emitted = emitted;
        this.processes = processes;
        this.absences = absences;
        this.rules = rules;
        this.checkpointEvery = checkpointEvery;
        this.metrics = metrics;
    }

    void correct(PendingReplay pending) {
        TrackedEntity entity = pending.entity();
        if (pending.lines() == null || !applyLate(entity, pending.lines())) {
            replay(entity);
        }
    }

    private boolean applyLate(TrackedEntity entity, List<String> late) {
        LateLines run = new LateLines(
                histories.get(entity.key()),
                processes.of(entity.node()),
                absences.of(entity),
                rules,
                lines,
                checkpoints);
        boolean done = run.apply(late);
        metrics.replayed(run.applied());
        if (done) {
            emitted.emit(entity, run.corrections());
            histories.put(entity.key(), run.history());
        }
        return done;
    }

    private void replay(TrackedEntity entity) {
        List<KeyValue<String, Line>> kept = lines.of(entity);
        metrics.replayed(kept.size());
        boolean suspected = kept.stream().anyMatch(entry -> ForgeryGuard.possible(entry.value));
        ForgeryGuard guard = new ForgeryGuard(suspected ? values(lines.of(entity.backend())) : List.of());
        Replay replay = new Replay(
                histories.get(entity.key()),
                processes.of(entity.node()),
                absences.of(entity),
                guard,
                rules,
                checkpointEvery);
        EntityHistory history = replay.apply(kept);
        emitted.correct(entity, replay);
        histories.put(entity.key(), history);
        lines.delete(entity, replay.folded());
        checkpoints.delete(entity);
        replay.checkpoints().forEach(checkpoint -> checkpoints.put(entity, checkpoint));
    }

    /** Deletes the kept lines of an entity. */
    void forget(TrackedEntity entity) {
        checkpoints.delete(entity);
        lines.delete(entity, lines.of(entity).stream().map(line -> line.key).toList());
    }

    private static List<Line> values(List<KeyValue<String, Line>> entries) {
        return entries.stream().map(entry -> entry.value).toList();
    }
}
