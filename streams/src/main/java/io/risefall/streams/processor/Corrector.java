package io.risefall.streams.processor;

import io.risefall.streams.dedup.ForgeryGuard;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.store.EmittedRecords;
import io.risefall.streams.store.EntityHistory;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Replays all kept lines of an entity and corrects what was emitted of it. Called by one stream thread. */
final class Corrector {
    private final KeyValueStore<String, Line> lines;
    private final KeyValueStore<String, EntityHistory> histories;
    private final EmittedRecords emitted;
    private final NodeProcesses processes;
    private final AbsenceTracker absences;
    private final Rules rules;
    private final WorkMetrics metrics;

    Corrector(
            KeyValueStore<String, Line> lines,
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
        List<KeyValue<String, Line>> kept = linesOf(entity);
        metrics.replayed(kept.size());
        boolean suspected = kept.stream().anyMatch(entry -> ForgeryGuard.possible(entry.value));
        ForgeryGuard guard = new ForgeryGuard(suspected ? values(linesOf(entity.backend())) : List.of());
        Replay replay =
                new Replay(histories.get(entity.key()), processes.of(entity.node()), absences.of(entity), guard, rules);
        EntityHistory history = replay.apply(kept);
        emitted.correct(entity, replay);
        histories.put(entity.key(), history);
        replay.folded().forEach(lines::delete);
    }

    /** Deletes the kept lines of an entity. */
    void forget(TrackedEntity entity) {
        linesOf(entity).forEach(entry -> lines.delete(entry.key));
    }

    private List<KeyValue<String, Line>> linesOf(TrackedEntity entity) {
        List<KeyValue<String, Line>> kept = new ArrayList<>();
        try (KeyValueIterator<String, Line> all = lines.prefixScan(LineKey.prefix(entity), new StringSerializer())) {
            all.forEachRemaining(kept::add);
        }
        return kept;
    }

    private static List<Line> values(List<KeyValue<String, Line>> entries) {
        return entries.stream().map(entry -> entry.value).toList();
    }
}
