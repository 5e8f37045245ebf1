package io.risefall.streams.processor;

import io.risefall.streams.dedup.ForgeryGuard;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.store.EmittedRecords;
import io.risefall.streams.store.EntityHistory;
import io.risefall.streams.store.LineStore;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/** Replays all kept lines of an entity and corrects what was emitted of it. Called by one stream thread. */
final class Corrector {
    private final LineStore lines;
    private final KeyValueStore<String, EntityHistory> histories;
    private final EmittedRecords emitted;
    private final NodeProcesses processes;
    private final AbsenceTracker absences;
    private final Rules rules;
    private final WorkMetrics metrics;

    Corrector(
            LineStore lines,
            KeyValueStore<String, EntityHistory> histories,
            EmittedRecords emitted,
            NodeProcesses processes,
            AbsenceTracker absences,
            Rules rules,
            WorkMetrics metrics) {
        this.lines = lines;
        this.histories = histories;
        this.emitted = emitted;
        this.processes = processes;
        this.absences = absences;
        this.rules = rules;
        this.metrics = metrics;
    }

    void correct(TrackedEntity entity) {
        List<KeyValue<String, Line>> kept = lines.of(entity);
        metrics.replayed(kept.size());
        boolean suspected = kept.stream().anyMatch(entry -> ForgeryGuard.possible(entry.value));
        ForgeryGuard guard = new ForgeryGuard(suspected ? values(lines.of(entity.backend())) : List.of());
        Replay replay =
                new Replay(histories.get(entity.key()), processes.of(entity.node()), absences.of(entity), guard, rules);
        EntityHistory history = replay.apply(kept);
        emitted.correct(entity, replay);
        histories.put(entity.key(), history);
        lines.delete(entity, replay.folded());
    }

    /** Deletes the kept lines of an entity. */
    void forget(TrackedEntity entity) {
        lines.delete(entity, lines.of(entity).stream().map(line -> line.key).toList());
    }

    private static List<Line> values(List<KeyValue<String, Line>> entries) {
        return entries.stream().map(entry -> entry.value).toList();
    }
}
