package io.risefall.streams.processor;

import io.risefall.schemas.Topics;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.ServerNotice;
import io.risefall.schemas.source.Sign;
import io.risefall.schemas.state.Absence;
import io.risefall.streams.PendingCorrections;
import io.risefall.streams.backend.BackendState;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.node.NodeRegistry;
import io.risefall.streams.node.ProcessTimeline;
import io.risefall.streams.store.EmittedRecords;
import io.risefall.streams.store.EntityHistory;
import io.risefall.streams.store.Names;
import io.risefall.streams.store.StoredFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Applies each entity's lines in event-time order and emits the resulting states. An event that comes in order is applied at
 * once, as {@link EventRouter} decides. If one comes late, its entity is replayed at the next tick, and {@link Corrector}
 * corrects what was emitted. So the result is a function of the set of lines.
 *
 * <p>Commits happen right after a tick, as {@link CommitPolicy} says. If there is much to replay, some of it is left to the
 * next tick. A committed offset means that everything that follows from the records before it was emitted, except what
 * {@link PendingCorrections} still waits for. Called by one stream thread.
 */
public final class TrackHealth implements Processor<String, Object, String, byte[]> {
    /** From an event to its commit; short for a person who waits for a query. */
    public static final Duration TICK = Duration.ofMillis(100);
    /** Upper bound for the replays of one tick, which replays at least one entity. The tasks of a thread share a transaction. */
    public static final Duration TICK_AT_MOST = Duration.ofMillis(500);

    private static final Map<Topics, String> SINKS = Map.of(
            Topics.STATES, Names.WRITE_STATES,
            Topics.ROLLUPS, Names.WRITE_ROLLUPS,
            Topics.FLAPPING, Names.WRITE_FLAPPING);

    private final Rules rules;
    private final LongSupplier nanoTime;
    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<String, Line> lines;
    private KeyValueStore<String, EntityHistory> histories;
    private CommitPolicy commits;
    private EmittedRecords emitted;
    private PendingReplays replays;
    private NodeProcesses processes;
    private NodeRegistry nodes;
    private AbsenceTracker absences;
    private EventRouter router;
    private Corrector corrector;
    private EntityExpiry expiry;
    private StoredFormat format;

    /** @param nanoTime as {@link System#nanoTime} */
    public TrackHealth(Rules rules, LongSupplier nanoTime) {
        this.rules = rules;
        this.nanoTime = nanoTime;
    }

    /** Called again after an aborted transaction, so nothing that is not in the stores is kept. */
    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        lines = context.getStateStore(Names.LINES);
        histories = context.getStateStore(Names.HISTORIES);
        commits = new CommitPolicy();
        emitted = new EmittedRecords(context.getStateStore(Names.EMITTED), this::forward);
        replays = new PendingReplays(context.getStateStore(Names.CORRECTIONS), histories);
        Duration reach = rules.corrections().plus(EventRouter.SLACK);
        processes = new NodeProcesses(
                context.getStateStore(Names.PROCESSES),
                new ProcessFacts(context.getStateStore(Names.FACTS), reach),
                replays,
                reach);
        nodes = new NodeRegistry(
                context.getStateStore(Names.NODES),
                rules.corrections(),
                corrections -> emitted.emitFinal(OutputRecord.of(corrections)));
        absences = new AbsenceTracker(
                context.getStateStore(Names.ABSENCES), context.getStateStore(Names.CARRIERS), replays::addAll);
        router = new EventRouter(lines, histories, emitted, replays, absences, rules);
        corrector = new Corrector(lines, histories, emitted, processes, absences, rules);
        expiry = new EntityExpiry(histories, nodes, node -> processes.of(node).reloads(), rules);
        format = new StoredFormat(context.getStateStore(Names.FORMAT), context.applicationId());
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, time -> tick());
    }

    /**
     * Takes a {@link HealthEvent}, a {@link Sign} or an {@link Absence}. All those of one node come here, as their topics have
     * as many partitions.
     */
    @Override
    public void process(Record<String, Object> record) {
        commits.onInput();
        if (record.value() instanceof HealthEvent event) {
            apply(event);
        } else if (record.value() instanceof Absence absence) {
            absences.apply(absence);
        } else if (record.value() instanceof Sign sign) {
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

    private void tick() {
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
        List<TrackedEntity> pending = replays.all();
        long begin = nanoTime.getAsLong();
        for (TrackedEntity entity : pending) {
            corrector.correct(entity);
            replays.remove(entity);
            if (nanoTime.getAsLong() - begin > TICK_AT_MOST.toNanos()) {
                commits.onWork(); // the next tick goes on, whether a record comes meanwhile or not
                break;
            }
        }
    }

    /** Emits the last records of an expired entity, and deletes all that is stored of it. */
    private void remove(EntityHistory history) {
        TrackedEntity entity = history.entity();
        String node = entity.node();
        history.state()
                .expired(expiry.existedUntil(history, processes.of(node).processes()))
                .forEach(emitted::emitFinal);
        corrector.forget(entity);
        emitted.forget(entity);
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
