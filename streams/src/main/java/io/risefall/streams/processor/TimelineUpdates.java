package io.risefall.streams.processor;

import io.risefall.streams.absence.AbsencePeriod;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.model.StateUpdate;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.node.ProcessTimeline;
import io.risefall.streams.store.EmittedRecords;
import io.risefall.streams.store.EntityHistory;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Tells the entities of a node what is new in its process timeline. Nearly always a process began, stopped or ended after all that
 * is known: such inputs are applied to the states as they are. An entity that already has a later line or input, or
 * that would have to take one back, is replayed. Called by one stream thread.
 */
final class TimelineUpdates {
    private final KeyValueStore<String, EntityHistory> histories;
    private final EmittedRecords emitted;
    private final PendingReplays replays;
    private final AbsenceTracker absences;
    private final Rules rules;

    TimelineUpdates(
            KeyValueStore<String, EntityHistory> histories,
            EmittedRecords emitted,
            PendingReplays replays,
            AbsenceTracker absences,
            Rules rules) {
        this.histories = histories;
        this.emitted = emitted;
        this.replays = replays;
        this.absences = absences;
        this.rules = rules;
    }

    /** The timeline of a node changed. */
    void apply(String node, ProcessTimeline before, ProcessTimeline after) {
        Set<String> proxies = after.proxiesWithOtherStops(before);
        Map<String, Change> changes = new HashMap<>();
        if (proxies == null) {
            apply(TrackedEntity.nodeKey(node), before, after, changes);
        } else {
            proxies.forEach(proxy -> apply(TrackedEntity.backend(node, proxy).key(), before, after, changes));
        }
    }

    private void apply(String prefix, ProcessTimeline before, ProcessTimeline after, Map<String, Change> changes) {
        replays.widen(prefix);
        for (EntityHistory history : replays.notPending(prefix)) {
            Change change = changes.computeIfAbsent(
                    history.entity().proxy(), proxy -> Change.of(before.inputs(proxy), after.inputs(proxy)));
            if (change.added == null) {
                replays.add(history.entity());
            } else if (!change.added.isEmpty()) {
                applyOrReplay(history, change.added);
            }
        }
    }

    /**
     * What is new for the servers of a proxy.
     *
     * @param added the inputs that follow those from before; null if those are not all there any more
     */
    private record Change(@Nullable List<StateInput> added) {
        static Change of(List<StateInput> before, List<StateInput> after) {
            boolean continues = after.size() >= before.size()
                    && after.subList(0, before.size()).equals(before);
            return new Change(continues ? List.copyOf(after.subList(before.size(), after.size())) : null);
        }
    }

    private void applyOrReplay(EntityHistory history, List<StateInput> added) {
        if (isAfterAll(added.get(0).at(), history)) {
            apply(history, added);
        } else {
            replays.add(history.entity());
        }
    }

    /** Whether no line and no absence of the entity is as late as {@code first}. */
    private boolean isAfterAll(Instant first, EntityHistory history) {
        if (history.lastLine().isEmpty() || !LineKey.at(history.lastLine()).isBefore(first)) {
            return false;
        }
        List<AbsencePeriod> away = absences.of(history.entity());
        return away.isEmpty() || away.get(away.size() - 1).from().isBefore(first);
    }

    private void apply(EntityHistory history, List<StateInput> added) {
        EntityState state = history.state();
        for (StateInput input : added) {
            StateUpdate<EntityState> update = state.on(input, rules);
            state = update.next();
            emitted.emit(history.entity(), update.emissions());
        }
        histories.put(history.entity().key(), history.after(state, history.lastLine(), history.logPath()));
    }
}
