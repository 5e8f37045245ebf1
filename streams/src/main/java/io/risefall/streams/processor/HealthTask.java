package io.risefall.streams.processor;

import io.risefall.schemas.Topics;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.ServerNotice;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.state.Absence;
import io.risefall.streams.backend.BackendState;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.node.NodeRegistry;
import io.risefall.streams.node.ProcessTimeline;
import io.risefall.streams.store.BeforeCommit;
import io.risefall.streams.store.Checkpoints;
import io.risefall.streams.store.EmittedRecords;
import io.risefall.streams.store.EntityHistory;
import io.risefall.streams.store.LineStore;
import io.risefall.streams.store.Names;
import io.risefall.streams.store.PendingReplay;
import io.risefall.streams.store.StoredFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The work of {@link TrackHealth} on one set of stores. Made again after an aborted transaction, so that nothing that is not in
 * the stores is kept. Called by one stream thread.
 */
final class HealthTask {
    private static final Map<Topics, String> SINKS = Map.of(
            Topics.STATES, Names.WRITE_STATES,
            Topics.ROLLUPS, Names.WRITE_ROLLUPS,
            Topics.FLAPPING, Names.WRITE_FLAPPING);

    private final LongSupplier nanoTime;
    private final ProcessorContext<String, byte[]> context;
    private final LineStore lines;
    private final KeyValueStore<String, EntityHistory> histories;
    private final CommitPolicy commits;
    private final EmittedRecords emitted;
    private final PendingReplays replays;
    private final NodeProcesses processes;
    private final NodeRegistry nodes;
    private final AbsenceTracker absences;
    private final EventRouter router;
    private final Corrector corrector;
    private final EntityExpiry expiry;
    private final StoredFormat format;

    /**
     * @param checkpointEvery how many lines of an entity lie between two checkpoints
     * @param nanoTime as {@link System#nanoTime}
     */
    HealthTask(ProcessorContext<String, byte[]> context, Rules rules, int checkpointEvery, LongSupplier nanoTime) {
        this.context = context;
        this.nanoTime = nanoTime;
        lines = new LineStore(context.getStateStore(Names.LINES));
        histories = context.getStateStore(Names.HISTORIES);
        Checkpoints checkpoints = new Checkpoints(context.getStateStore(Names.CHECKPOINTS));
        commits = new CommitPolicy();
        WorkMetrics metrics = new WorkMetrics(context);
        emitted = new EmittedRecords(context.getStateStore(Names.EMITTED), (record, value) -> {
            forward(record, value);
            metrics.sent();
        });
        BeforeCommit beforeCommit = context.getStateStore(Names.BEFORE_COMMIT);
        beforeCommit.run(emitted::send, context);
        replays = new PendingReplays(context.getStateStore(Names.CORRECTIONS), histories);
        absences = new AbsenceTracker(
                context.getStateStore(Names.ABSENCES), context.getStateStore(Names.CARRIERS), replays::addAll);
        Duration reach = rules.corrections().plus(EventRouter.SLACK);
        processes = new NodeProcesses(
                context.getStateStore(Names.PROCESSES),
                new ProcessFacts(context.getStateStore(Names.FACTS), reach),
                replays,
                new TimelineUpdates(histories, emitted, replays, absences, rules),
                metrics,
                reach);
        nodes = new NodeRegistry(
                context.getStateStore(Names.NODES),
                rules.corrections(),
                corrections -> emitted.emitFinal(OutputRecord.of(corrections)));
        router = new EventRouter(lines, histories, checkpoints, emitted, replays, absences, rules, checkpointEvery);
        corrector = new Corrector(
                lines, histories, checkpoints, emitted, processes, absences, rules, checkpointEvery, metrics);
        expiry = new EntityExpiry(histories, nodes, node -> processes.of(node).reloads(), rules);
        format = new StoredFormat(context.getStateStore(Names.FORMAT), context.applicationId());
    }

    /** Applies a {@link HealthEvent}, a {@link ProcessActivity} or an {@link Absence}. */
    void apply(Object value) {
        commits.onInput();
        if (value instanceof HealthEvent event) {
            apply(event);
        } else if (value instanceof Absence absence) {
            absences.apply(absence);
        } else if (value instanceof ProcessActivity sign) {
            absences.apply(sign);
            processes.apply(sign);
        }
    }

    private void apply(HealthEvent event) {
        nodes.lineReceived(event.node(), today());
        absences.apply(event);
        processes.apply(event);
        ProcessTimeline ofNode = processes.of(event.node());
        ServerName server = event.message().serverName();
        boolean inTime = true;
        if (server != null) {
            inTime = router.route(TrackedEntity.of(event.node(), server), event, ofNode, today());
        }
        if (event.message() instanceof ServerNotice notice && notice.oldName() != null) {
            ServerName old = new ServerName(notice.proxy(), notice.oldName());
            router.route(TrackedEntity.of(event.node(), old), event, ofNode, today());
        }
        if (BackendState.concerns(event.message())) {
            TrackedEntity backend =
                    TrackedEntity.backend(event.node(), event.message().proxy());
            inTime &= router.route(backend, event, ofNode, today());
            if (event.message() instanceof BackendEmpty && Line.of(event).canBeForged()) {
                replays.addAll(
                        backend.key(), EntityHistory::suspectedForged); // it can be the proof of a DOWN line before it
            }
        }
        if (!inTime) {
            nodes.tooLate(event.node(), event.at());
        }
    }

    private long today() {
        return Duration.ofMillis(context.currentSystemTimeMs()).toDays();
    }

    /** Expires, replays and commits what is due. */
    void tick() {
        boolean busy = commits.onTick();
        if (!busy) {
            expiry.find(today()).forEach(this::remove);
        }
        if (!commits.isDue(busy)) {
            return;
        }
        if (format.isOlder()) {
            processes.migrate(lines, histories);
            replays.addAll();
            format.becomeCurrent();
        }
        processes.rebuild();
        replay();
        context.commit();
    }

    private void replay() {
        List<PendingReplay> pending = replays.all();
        long begin = nanoTime.getAsLong();
        for (PendingReplay replay : pending) {
            corrector.correct(replay);
            replays.remove(replay.entity());
            if (nanoTime.getAsLong() - begin > TrackHealth.TICK_AT_MOST.toNanos()) {
                commits.onWork(); // the next tick goes on, whether a record comes meanwhile or not
                break;
            }
        }
    }

    /** Emits the last records of an expired entity, and deletes all that is stored of it. */
    private void remove(EntityHistory history) {
        TrackedEntity entity = history.entity();
        String node = entity.node();
        emitted.forget(
                entity,
                history.state()
                        .expired(expiry.existedUntil(history, processes.of(node).processes())));
        corrector.forget(entity);
        replays.remove(entity);
        histories.delete(entity.key());
        if (expiry.isEmpty(node)) {
            processes.forget(node);
            nodes.forget(node);
            absences.forget(node);
        }
        commits.onWork();
    }

    private void forward(OutputRecord record, byte @Nullable [] value) {
        context.forward(new Record<>(record.key(), value, context.currentSystemTimeMs()), SINKS.get(record.topic()));
    }
}
