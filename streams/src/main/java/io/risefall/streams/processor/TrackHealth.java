package io.risefall.streams.processor;

import io.risefall.schemas.Topics;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.ServerNotice;
import io.risefall.schemas.source.Sign;
import io.risefall.schemas.state.Absence;
import io.risefall.schemas.state.Flapping;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateRecord;
import io.risefall.streams.PendingCorrections;
import io.risefall.streams.backend.BackendState;
import io.risefall.streams.dedup.DedupWindow;
import io.risefall.streams.dedup.Deduplicator;
import io.risefall.streams.dedup.ForgeryGuard;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.LogPath;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.model.StateUpdate;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.node.NodeRecord;
import io.risefall.streams.node.NodeRegistry;
import io.risefall.streams.node.Processes;
import io.risefall.streams.process.Generations;
import io.risefall.streams.process.Lifetimes;
import io.risefall.streams.process.ProcessFact;
import io.risefall.streams.process.Reload;
import io.risefall.streams.store.EntityHistory;
import io.risefall.streams.store.Names;
import io.risefall.streams.store.StoredFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Hears the lines of every subject in the order of event time and says what became of it. A line that comes in order is
 * heard at once. One that comes late is stored, and at the next tick its subject hears all its kept lines again; what
 * then differs from what was said is corrected. So the result is a function of the set of lines. Lines that say again what
 * another source has said are found by {@link Deduplicator}; whoever has one source only pays nothing for it.
 *
 * <p>Commits happen right after a tick. A transaction must be short, as one that a dead host leaves open holds up all
 * others until Kafka ends it; so when there is much to hear again, some of it is left to the next tick. Whoever sees an
 * offset committed knows that everything which follows from the records before it has been said, but for what {@link
 * PendingCorrections} still waits for.
 * Called by one stream thread.
 */
public final class TrackHealth implements Processor<String, Object, String, byte[]> {
    /** Between an event and its commit; small beside the time a person waits for a query. */
    public static final Duration TICK = Duration.ofMillis(100);

    private static final Map<Topics, String> SINKS = Map.of(
            Topics.STATES, Names.WRITE_STATES,
            Topics.ROLLUPS, Names.WRITE_ROLLUPS,
            Topics.FLAPPING, Names.WRITE_FLAPPING);
    /** So long may a tick hear again, at least one subject; the tasks of a thread share a transaction. */
    public static final Duration TICK_AT_MOST = Duration.ofMillis(500);
    /** While events come without a pause, commits are rarer: each costs Kafka some round trips. */
    private static final int BUSY_TICKS = 5;
    /** Lines are dropped a day at a time: folding them costs a replay. */
    private static final Duration SLACK = Duration.ofDays(1);

    private final Rules rules;
    private final LongSupplier nanoTime;
    private final JsonSerde<StateRecord> states = JsonSerde.of(StateRecord.class);
    private final JsonSerde<Rollup> rollups = JsonSerde.of(Rollup.class);
    private final JsonSerde<Flapping> flapping = JsonSerde.of(Flapping.class);
    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<String, Line> lines;
    private KeyValueStore<String, EntityHistory> histories;
    private KeyValueStore<String, byte[]> said;
    private KeyValueStore<String, Processes> processes;
    private KeyValueStore<String, TrackedEntity> corrections;
    private ProcessFacts facts;
    private NodeRegistry nodes;
    private AbsenceTracker absences;
    private EntityExpiry gone;
    private StoredFormat format;
    private final Map<String, Known> knownOfNodes = new HashMap<>();
    private boolean heardSinceTick;
    /** At first because corrections can be left from before. */
    private boolean heardSinceCommit = true;

    private int ticksSinceCommit;

    /** @param nanoTime as {@link System#nanoTime} */
    public TrackHealth(Rules rules, LongSupplier nanoTime) {
        this.rules = rules;
        this.nanoTime = nanoTime;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        // Called again after a transaction was given up: what is remembered may not be in the stores any more.
        knownOfNodes.clear();
        heardSinceCommit = true;
        heardSinceTick = false;
        lines = context.getStateStore(Names.LINES);
        histories = context.getStateStore(Names.HISTORIES);
        said = context.getStateStore(Names.SAID);
        processes = context.getStateStore(Names.PROCESSES);
        corrections = context.getStateStore(Names.CORRECTIONS);
        facts = new ProcessFacts(context.getStateStore(Names.FACTS), reach());
        KeyValueStore<String, NodeRecord> memories = context.getStateStore(Names.NODES);
        nodes = new NodeRegistry(
                memories, rules.corrections(), said -> forward(OutputRecord.of(said), bytes(OutputRecord.of(said))));
        absences = new AbsenceTracker(
                context.getStateStore(Names.ABSENCES),
                context.getStateStore(Names.CARRIERS),
                keysFrom -> hearAgain(keysFrom, any -> true));
        gone = new EntityExpiry(histories, nodes, node -> known(node).reloads(), rules);
        format = new StoredFormat(context.getStateStore(Names.FORMAT), context.applicationId());
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, time -> tick());
    }

    /**
     * A {@link HealthEvent}, a {@link Sign} or an {@link Absence}; of one node all come here, as their topics have as many
     * partitions.
     */
    @Override
    public void process(Record<String, Object> record) {
        heardSinceTick = true;
        if (record.value() instanceof HealthEvent event) {
            hear(event);
        } else if (record.value() instanceof Absence absence) {
            absences.heard(absence);
        } else if (record.value() instanceof Sign sign) {
            absences.heard(sign);
            if (sign.pid() == null) {
                Known before = known(sign.node());
                notice(sign.node(), before, before.processes().alive(sign.lastAt()));
            } else {
                noticeFact(sign.node(), ProcessFact.of(sign, sign.pid()));
            }
        }
    }

    private void hear(HealthEvent event) {
        nodes.heard(event.node(), today());
        absences.heard(event);
        List<Reload> reloads = noticeProcess(event).reloads();
        ServerName server = event.message().serverName();
        boolean inTime = true;
        if (server != null) {
            inTime = hear(TrackedEntity.of(event.node(), server), event, reloads);
        }
        if (event.message() instanceof ServerNotice notice && notice.oldName() != null) {
            hear(TrackedEntity.of(event.node(), new ServerName(notice.proxy(), notice.oldName())), event, reloads);
        }
        if (BackendState.concerns(event.message())) {
            TrackedEntity backend =
                    TrackedEntity.backend(event.node(), event.message().proxy());
            inTime &= hear(backend, event, reloads);
            if (event.message() instanceof BackendEmpty && Line.of(event).canBePlanted()) {
                hearAgain(backend.key(), EntityHistory::doubted); // it may be the proof of a DOWN line before it
            }
        }
        if (!inTime) {
            nodes.tooLate(event.node(), event.at());
        }
    }

    private long today() {
        return Duration.ofMillis(context.currentSystemTimeMs()).toDays();
    }

    private Known noticeProcess(HealthEvent event) {
        if (event.pid() == null) {
            Known before = known(event.node());
            return notice(event.node(), before, before.processes().heard(event.at(), event.message()));
        }
        ProcessFact fact = ProcessFact.of(event.at(), event.pid(), event.message());
        return fact == null ? known(event.node()) : noticeFact(event.node(), fact);
    }

    /** A fact that comes late can change what followed from those after it: then all are put together again at the tick. */
    private Known noticeFact(String node, ProcessFact fact) {
        Known before = known(node);
        ProcessFacts.Added added = facts.add(node, fact);
        if (added == null) {
            return before;
        }
        Generations known = before.processes().generations();
        if (added.isRefined() && known.canRefine(added.before(), added.now())) {
            return notice(node, before, before.processes().with(known.refined(added.before(), added.now())));
        }
        if (!added.isRefined() && known.isNext(fact)) {
            return notice(node, before, before.processes().after(fact, reach()));
        }
        TrackedEntity all = TrackedEntity.processes(node);
        corrections.put(all.key(), all);
        return before;
    }

    /** For how long processes are remembered that have ended. */
    private Duration reach() {
        return rules.corrections().plus(SLACK);
    }

    private Known notice(String node, Known before, Processes heard) {
        if (heard.equals(before.processes())) {
            return before;
        }
        Known after = Known.of(heard);
        processes.put(node, heard);
        knownOfNodes.put(node, after);
        Set<String> proxies = after.differsOnlyInStopsOf(before);
        if (proxies == null) {
            hearAgain(TrackedEntity.nodeKey(node), any -> true);
        } else {
            proxies.forEach(
                    proxy -> hearAgain(TrackedEntity.backend(node, proxy).key(), any -> true));
        }
        return after;
    }

    /**
     * The processes of a node and what follows from them: kept in memory, because every line asks.
     *
     * @param told what servers hear of them
     * @param newest when the last process took over, stopped or ended
     */
    private record Known(Processes processes, Lifetimes lifetimes, List<Processes.Told> told, Instant newest) {
        static Known of(Processes processes) {
            return new Known(processes, processes.lifetimes(), processes.told(), processes.newestChange());
        }

        List<Reload> reloads() {
            return lifetimes.reloads();
        }

        /** The proxies whose servers hear of other stops; null where servers of any proxy can hear something else. */
        @Nullable Set<String> differsOnlyInStopsOf(Known before) {
            if (!processes.nameless().saysWhat(before.processes.nameless())
                    || !lifetimes.equals(before.lifetimes)
                    || told.size() != before.told.size()) {
                return null;
            }
            Set<String> proxies = new TreeSet<>();
            for (int i = 0; i < told.size(); i++) {
                if (!told.get(i).isSameButForStops(before.told.get(i), proxies)) {
                    return null;
                }
            }
            return proxies;
        }

        /** Whether something became of the process after it printed this line, of which its subjects have heard. */
        boolean tellsOfLaterThan(HealthEvent event) {
            return !newest.isBefore(event.at())
                    && processes.wordsFor(event.message().proxy(), lifetimes).stream()
                            .anyMatch(word -> word.isAfter(event.at(), event.pid()));
        }
    }

    private Known known(String node) {
        return knownOfNodes.computeIfAbsent(node, any -> {
            Processes stored = processes.get(any);
            return Known.of(stored == null ? Processes.NONE : stored);
        });
    }

    private void hearAgain(String keysFrom, Predicate<EntityHistory> which) {
        try (KeyValueIterator<String, EntityHistory> all = histories.prefixScan(keysFrom, new StringSerializer())) {
            while (all.hasNext()) {
                KeyValue<String, EntityHistory> entry = all.next();
                if (which.test(entry.value)) {
                    corrections.put(entry.key, entry.value.subject());
                }
            }
        }
    }

    private void hearAllAgain() {
        try (KeyValueIterator<String, EntityHistory> all = histories.all()) {
            all.forEachRemaining(entry -> corrections.put(entry.key, entry.value.subject()));
        }
    }

    /** An older build kept no facts of processes: they are in the lines, and in what it knew of processes. */
    private void factsOfOlder() {
        Set<String> ofNodes = new TreeSet<>();
        try (KeyValueIterator<String, Processes> all = processes.all()) {
            all.forEachRemaining(entry -> {
                ofNodes.add(entry.key);
                entry.value.factsOfSpans().forEach(fact -> facts.add(entry.key, fact));
            });
        }
        try (KeyValueIterator<String, Line> all = lines.all()) {
            while (all.hasNext()) {
                KeyValue<String, Line> entry = all.next();
                Line line = entry.value;
                EntityHistory history = histories.get(LineKey.subject(entry.key));
                ProcessFact fact = line.pid() == null ? null : ProcessFact.of(line.at(), line.pid(), line.message());
                if (fact != null && history != null) {
                    facts.add(history.subject().node(), fact);
                }
            }
        }
        for (String node : ofNodes) {
            Processes known =
                    new Processes(facts.told(node), processes.get(node).nameless(), null);
            processes.put(node, known);
            knownOfNodes.remove(node);
        }
    }

    /** Hears a line; false if it comes later than corrections reach back. */
    private boolean hear(TrackedEntity subject, HealthEvent event, List<Reload> reloads) {
        String key = LineKey.of(subject, event);
        EntityHistory history = histories.get(subject.key());
        boolean first = history == null;
        if (first) {
            history = EntityHistory.begin(subject, event.at());
        }
        if (history.cut() != null && event.at().isBefore(history.cut())) {
            return false;
        }
        history = history.heard(today());
        Line line = Line.of(event);
        lines.put(key, line);
        if (corrections.get(subject.key()) != null) {
            histories.put(subject.key(), history);
            return true;
        }
        // What was heard of processes cannot be taken back, as a line that comes before it would have to.
        // A subject's first line is heard at the tick, with what is known of the process that printed it.
        if (first
                || known(subject.node()).tellsOfLaterThan(event)
                || absences.reachBeyond(subject.node(), event.at())
                || ForgeryGuard.possible(line)
                || (history.doubted() && ForgeryGuard.isSwitch(line))
                || history.oldestAt()
                        .isBefore(event.at().minus(rules.corrections()).minus(SLACK))) {
            hearLater(history);
            return true;
        }
        String lane = LogPath.of(key, line).name();
        boolean inOrder = key.compareTo(history.lastLine()) > 0;
        boolean apart = LineKey.at(history.lastLine()).plus(Deduplicator.REACH).isBefore(line.at());
        if (inOrder && (apart || lane.equals(history.lane()))) {
            hearNext(history, key, line, lane, reloads);
        } else {
            hearAmong(history, key, line, reloads);
        }
        return true;
    }

    private void hearLater(EntityHistory history) {
        histories.put(history.subject().key(), history);
        corrections.put(history.subject().key(), history.subject());
    }

    /** A line near those of other lanes, or before others: often a copy, or the next event, and then there is little to do. */
    private void hearAmong(EntityHistory history, String key, Line line, List<Reload> reloads) {
        DedupWindow neighbours = DedupWindow.of(lines, history.subject(), key, line);
        if (!neighbours.isWhole()) {
            hearLater(history);
            return;
        }
        List<Line> before = neighbours.eventsWithout();
        List<Line> after = neighbours.events();
        if (after.equals(before)) {
            histories.put(
                    history.subject().key(),
                    history.after(history.state(), key, neighbours.isNewest() ? neighbours.lane() : history.lane()));
        } else if (neighbours.isNewest()
                && after.size() == before.size() + 1
                && after.subList(0, before.size()).equals(before)) {
            hearNext(history, key, after.get(before.size()), neighbours.lane(), reloads);
        } else {
            hearLater(history);
        }
    }

    private void hearNext(EntityHistory history, String key, Line line, @Nullable String lane, List<Reload> reloads) {
        TrackedEntity subject = history.subject();
        if (line.isStale(reloads)) {
            histories.put(subject.key(), history.after(history.state(), key, lane));
            return;
        }
        StateUpdate<EntityState> step = history.state().on(new StateInput.LogEvent(line), rules);
        histories.put(subject.key(), history.after(step.next(), key, lane));
        Map<String, OutputRecord> last = new LinkedHashMap<>();
        step.emissions().forEach(emission -> last.put(emission.key(), emission));
        last.values().forEach(emission -> say(subject, emission, bytes(emission)));
    }

    private void tick() {
        boolean busy = heardSinceTick;
        heardSinceTick = false;
        heardSinceCommit |= busy;
        if (!busy) {
            gone.find(today()).forEach(this::forget);
        }
        // A commit asked for while nothing is there to commit would come with the next event, before the next tick.
        if (!heardSinceCommit || (busy && ++ticksSinceCommit < BUSY_TICKS)) {
            return;
        }
        heardSinceCommit = false;
        ticksSinceCommit = 0;
        if (format.isOlder()) {
            factsOfOlder();
            hearAllAgain();
            format.becomeCurrent();
        }
        putProcessesTogether();
        List<TrackedEntity> late = new ArrayList<>();
        try (KeyValueIterator<String, TrackedEntity> all = corrections.all()) {
            all.forEachRemaining(entry -> late.add(entry.value));
        }
        long begin = nanoTime.getAsLong();
        for (TrackedEntity subject : late) {
            replay(subject);
            corrections.delete(subject.key());
            if (nanoTime.getAsLong() - begin > TICK_AT_MOST.toNanos()) {
                heardSinceCommit = true; // the next tick goes on, whether something was heard meanwhile or not
                break;
            }
        }
        context.commit();
    }

    /** Of each node of which a fact came late, by all its facts: before its subjects hear their lines again. */
    private void putProcessesTogether() {
        List<TrackedEntity> late = new ArrayList<>();
        try (KeyValueIterator<String, TrackedEntity> all = corrections.all()) {
            all.forEachRemaining(entry -> {
                if (entry.value.isProcesses()) {
                    late.add(entry.value);
                }
            });
        }
        for (TrackedEntity processesOf : late) {
            String node = processesOf.node();
            Known before = known(node);
            notice(node, before, before.processes().with(facts.told(node)));
            corrections.delete(processesOf.key());
        }
    }

    /** A subject that is gone: its last words, and nothing is kept of it. */
    private void forget(EntityHistory history) {
        TrackedEntity subject = history.subject();
        Processes ofNode = known(subject.node()).processes();
        history.state().gone(gone.until(history, ofNode)).forEach(emission -> forward(emission, bytes(emission)));
        deleteAll(lines, LineKey.prefix(subject));
        deleteAll(said, LineKey.prefix(subject));
        corrections.delete(subject.key());
        histories.delete(subject.key());
        if (gone.isEmpty(subject.node())) {
            processes.delete(subject.node());
            facts.forget(subject.node());
            corrections.delete(TrackedEntity.processes(subject.node()).key());
            knownOfNodes.remove(subject.node());
            nodes.forget(subject.node());
            absences.forget(subject.node());
        }
        heardSinceCommit = true;
    }

    private static <V> void deleteAll(KeyValueStore<String, V> store, String prefix) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, V> all = store.prefixScan(prefix, new StringSerializer())) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        keys.forEach(store::delete);
    }

    /** Hears all kept lines of a subject again, and corrects what was said. */
    private void replay(TrackedEntity subject) {
        List<KeyValue<String, Line>> kept = linesOf(subject);
        boolean doubtful = kept.stream().anyMatch(entry -> ForgeryGuard.possible(entry.value));
        ForgeryGuard doubts = new ForgeryGuard(doubtful ? values(linesOf(subject.backend())) : List.of());
        Known ofNode = known(subject.node());
        Replay replay = new Replay(
                histories.get(subject.key()),
                ofNode.processes(),
                ofNode.lifetimes(),
                absences.of(subject),
                doubts,
                rules);
        EntityHistory history = replay.hear(kept);
        correct(subject, replay);
        histories.put(subject.key(), history);
        replay.folded().forEach(lines::delete);
    }

    private List<KeyValue<String, Line>> linesOf(TrackedEntity subject) {
        List<KeyValue<String, Line>> kept = new ArrayList<>();
        try (KeyValueIterator<String, Line> all = lines.prefixScan(LineKey.prefix(subject), new StringSerializer())) {
            all.forEachRemaining(kept::add);
        }
        return kept;
    }

    private static List<Line> values(List<KeyValue<String, Line>> entries) {
        return entries.stream().map(entry -> entry.value).toList();
    }

    private void correct(TrackedEntity subject, Replay replay) {
        Map<String, byte[]> before = new LinkedHashMap<>();
        String prefix = LineKey.prefix(subject);
        try (KeyValueIterator<String, byte[]> all = said.prefixScan(prefix, new StringSerializer())) {
            all.forEachRemaining(entry -> before.put(entry.key.substring(prefix.length()), entry.value));
        }
        replay.said().forEach((key, emission) -> {
            byte[] value = bytes(emission);
            if (!Arrays.equals(value, before.remove(emission.topic().ordinal() + key))) {
                say(subject, emission, value);
            }
            if (replay.isFinal(key)) {
                said.delete(prefix + emission.topic().ordinal() + key);
            }
        });
        for (String key : before.keySet()) {
            String saidKey = key.substring(1);
            if (replay.isFinal(saidKey)) {
                said.delete(prefix + key);
            } else {
                say(subject, new OutputRecord(Topics.values()[key.charAt(0) - '0'], saidKey, null), null);
            }
        }
    }

    private void say(TrackedEntity subject, OutputRecord emission, byte @Nullable [] value) {
        String key = LineKey.prefix(subject) + emission.topic().ordinal() + emission.key();
        if (value == null) {
            if (said.delete(key) == null) {
                return; // never said
            }
        } else {
            said.put(key, value);
        }
        forward(emission, value);
    }

    private void forward(OutputRecord emission, byte @Nullable [] value) {
        context.forward(
                new Record<>(emission.key(), value, context.currentSystemTimeMs()), SINKS.get(emission.topic()));
    }

    private byte @Nullable [] bytes(OutputRecord emission) {
        String topic = emission.topic().topic();
        Object value = emission.value();
        if (value == null) {
            return null;
        }
        return switch (emission.topic()) {
            case STATES -> states.serialize(topic, (StateRecord) value);
            case ROLLUPS -> rollups.serialize(topic, (Rollup) value);
            case FLAPPING -> flapping.serialize(topic, (Flapping) value);
            case EVENTS, REJECTED, SIGNS, POSITIONS, ABSENCES ->
                throw new IllegalStateException("not an output: " + topic);
        };
    }
}
