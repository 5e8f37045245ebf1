package io.risefall.streams.processor;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.streams.dedup.DedupWindow;
import io.risefall.streams.dedup.ForgeryGuard;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.LogPath;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.model.StateUpdate;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.node.ProcessTimeline;
import io.risefall.streams.store.Checkpoint;
import io.risefall.streams.store.Checkpoints;
import io.risefall.streams.store.EmittedRecords;
import io.risefall.streams.store.EntityHistory;
import io.risefall.streams.store.LineStore;
import io.risefall.streams.time.Tolerances;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each event and entity whether it is applied at once or by a replay. An entity's events must be applied in the
 * order of event time, each once. Six ways:
 *
 * <ol>
 *   <li><b>Too late</b>: older than corrections reach back. It is not kept and changes nothing.
 *   <li><b>Not alone</b>: it is the entity's first, or it can be forged or can prove another line, or old lines are to be folded.
 *       It is kept, and everything of the entity will be replayed.
 *   <li><b>Among others</b>: the entity will be replayed anyway, or a process or an absence that was applied is later than it. It
 *       is kept, and the entity will be replayed from there.
 *   <li><b>Next</b>: it is the newest, and no line of another log path is near. It is applied at once. Where all lines come on
 *       one path, nearly every event goes this way.
 *   <li><b>Near other paths' lines, and a duplicate or the next event</b>: a duplicate is only kept; the next event is applied
 *       at once.
 *   <li><b>Near other lines, and it changes events before it</b>: it is kept, and the entity will be replayed from
 *       there.
 * </ol>
 *
 * A line of a replaced worker is kept and changes nothing, whichever way it goes. Called by one stream thread.
 */
final class EventRouter {
    /** Lines are folded a day at a time, as folding needs a replay. */
    static final Duration SLACK = Duration.ofDays(1);

    private final LineStore lines;
    private final KeyValueStore<String, EntityHistory> histories;
    private final Checkpoints checkpoints;
    private final EmittedRecords emitted;
    private final PendingReplays replays;
    private final AbsenceTracker absences;
    private final Rules rules;
    private final int checkpointEvery;

    EventRouter(
            LineStore lines,
            KeyValueStore<String, EntityHistory> histories,
            Checkpoints checkpoints,
            EmittedRecords emitted,
            PendingReplays replays,
            AbsenceTracker absences,
            Rules rules,
            int checkpointEvery) {
        this.lines = lines;
        this.histories = histories;
        this.checkpoints = checkpoints;
        this.emitted = emitted;
        this.replays = replays;
        this.absences = absences;
        this.rules = rules;
        this.checkpointEvery = checkpointEvery;
    }

    /**
     * Applies an event to an entity, or has the entity replayed.
     *
     * @param processes those of the node, the event among what they follow from
     * @return false if the event comes too late
     */
    boolean route(TrackedEntity entity, HealthEvent event, ProcessTimeline processes, long today) {
        String key = LineKey.of(entity, event);
        EntityHistory stored = histories.get(entity.key());
        EntityHistory history = (stored == null ? EntityHistory.begin(entity, event.at()) : stored).receivedOn(today);
        if (history.cut() != null && event.at().isBefore(history.cut())) {
            return false;
        }
        // A file before and after its compression has equal keys.
        Line known = key.compareTo(history.lastLine()) <= 0 ? lines.get(entity, key) : null;
        Line line = Line.of(event).orSame(known);
        if (known != null && line.of(key).equals(known.of(key))) {
            put(history);
            return true;
        }
        lines.put(entity, key, line);
        if (stored == null || known != null || mustReplayAll(history, event, line)) {
            put(history);
            replays.add(entity);
        } else if (replays.contains(entity)
                || processes.hasInputAfter(event)
                || absences.reachBeyond(event.node(), event.at())) {
            replayWith(history, key);
        } else {
            applyOrDeduplicate(history, key, line, processes);
        }
        return true;
    }

    private boolean mustReplayAll(EntityHistory history, HealthEvent event, Line line) {
        return ForgeryGuard.possible(line)
                || (history.suspectedForged() && ForgeryGuard.isSwitch(line))
                || history.oldestAt()
                        .isBefore(event.at().minus(rules.corrections()).minus(SLACK));
    }

    private void applyOrDeduplicate(EntityHistory history, String key, Line line, ProcessTimeline processes) {
        String path = LogPath.nameOf(key, line);
        boolean inOrder = key.compareTo(history.lastLine()) > 0;
        boolean apart =
                LineKey.at(history.lastLine()).plus(Tolerances.DUPLICATES).isBefore(line.at());
        if (inOrder && (apart || path.equals(history.logPath()))) {
            apply(apart ? withCheckpoint(history, line, processes) : history, key, line, path, processes);
        } else {
            deduplicate(history, key, line, processes);
        }
    }

    /** With a checkpoint before this line if it is time for one, and if it is clear which inputs it has. */
    private EntityHistory withCheckpoint(EntityHistory history, Line line, ProcessTimeline processes) {
        Instant lastLine = LineKey.at(history.lastLine());
        if (history.sinceCheckpoint() < checkpointEvery
                || !processes.isQuietSince(lastLine)
                || absences.reachBeyond(history.entity().node(), lastLine)) {
            return history;
        }
        checkpoints.put(history.entity(), new Checkpoint(line.at(), history.state()));
        return history.atCheckpoint();
    }

    private void deduplicate(EntityHistory history, String key, Line line, ProcessTimeline processes) {
        DedupWindow window =
                DedupWindow.of(lines.downFrom(history.entity(), key), lines.upFrom(history.entity(), key), line);
        if (!window.isWhole()) {
            replayWith(history, key);
            return;
        }
        List<Line> before = window.eventsWithout();
        List<Line> after = window.events();
        if (after.equals(before)) {
            put(history.after(history.state(), key, window.isNewest() ? window.logPath() : history.logPath()));
        } else if (window.isNewest()
                && after.size() == before.size() + 1
                && after.subList(0, before.size()).equals(before)) {
            apply(history, key, after.get(before.size()), window.logPath(), processes);
        } else {
            replayWith(history, key);
        }
    }

    private void apply(EntityHistory history, String key, Line line, @Nullable String path, ProcessTimeline processes) {
        if (line.isStale(processes.reloads())) {
            put(history.after(history.state(), key, path));
            return;
        }
        StateUpdate<EntityState> update = history.state().on(new StateInput.LogEvent(line), rules);
        put(history.after(update.next(), key, path));
        emitted.emit(history.entity(), update.emissions());
    }

    private void replayWith(EntityHistory history, String key) {
        put(history);
        replays.add(history.entity(), key);
    }

    private void put(EntityHistory history) {
        histories.put(history.entity().key(), history);
    }
}
