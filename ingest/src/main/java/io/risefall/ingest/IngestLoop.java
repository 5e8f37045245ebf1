package io.risefall.ingest;

import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.file.KnownFiles;
import io.risefall.ingest.file.TailedFiles;
import io.risefall.ingest.line.LineSource;
import io.risefall.ingest.publish.EventSink;
import io.risefall.ingest.publish.SinkLostException;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.cluster.KafkaAway;
import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ReadPosition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads all sources in turn, one block each, and commits their records. Files that match a pattern come
 * and go meanwhile. When the sink is lost the loop opens it again and rewinds every source to its committed position;
 * when a source cannot be read it retries after a second and continues with the others.
 */
final class IngestLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(IngestLoop.class);

    private static final Duration RETRY = Duration.ofSeconds(1);
    /** Lines that are not about health move only positions, which need not be written as often. */
    private static final Duration POSITIONS_ONLY = Duration.ofSeconds(1);

    /** How often others are told what waits. */
    private static final long NOTE_NANOS = Duration.ofSeconds(1).toNanos();

    /** Fixed sources and files, in the order in which they were added. */
    private final Map<LineSource, SourceState> states = new LinkedHashMap<>();

    private final List<LineSource> sources;
    private final TailedFiles files;
    private final KnownFiles known;
    private final EventSink sink;
    private final IngestLimits limits;
    private final Clock clock;
    private final Waker waker;
    private final KafkaAway away;
    private final CompletableFuture<Void> failed = new CompletableFuture<>();

    private volatile boolean stopped;
    private volatile List<ReadPosition> tallies = List.of();
    private volatile long turnedAt = System.nanoTime();
    private volatile Map<String, Long> waiting = Map.of();
    private boolean connected;
    private Instant committedAt = Instant.EPOCH;

    /**
     * @param sources sources that never go away
     * @param known the known files that {@code files} uses; kept up to date here
     * @param kafka the address of {@code sink}, for messages
     */
    IngestLoop(
            List<LineSource> sources,
            TailedFiles files,
            KnownFiles known,
            EventSink sink,
            IngestLimits limits,
            KafkaAddress kafka,
            Waker waker,
            Clock clock) {
        this.sources = sources;
        this.files = files;
        this.known = known;
        this.sink = sink;
        this.limits = limits;
        this.waker = waker;
        this.clock = clock;
        this.away = new KafkaAway(kafka, this::waitingText, LOG::warn, clock);
    }

    private String waitingText() {
        long messages = sources.stream()
                .map(LineSource::arrivals)
                .filter(Objects::nonNull)
                .mapToLong(Arrivals::waiting)
                .sum();
        return "lines stay in files and journals" + (messages > 0 ? ", " + messages + " messages are in journals" : "");
    }

    /** Continues at the committed positions. Called by {@link #run}, at the start and when the sink was lost. */
    void open() {
        known.reset(sink.open().values());
        updateSources();
        states.values().forEach(state -> state.resumeFrom(known.get(state.name())));
        committedAt = clock.instant();
        connected = true;
    }

    private void updateSources() {
        List<LineSource> now = new ArrayList<>(sources);
        now.addAll(files.now());
        for (LineSource source : now) {
            if (!states.containsKey(source)) {
                SourceState state = new SourceState(new SourceReader(source, sink), limits.heartbeat());
                state.resumeFrom(known.get(source.name()));
                states.put(source, state);
            }
        }
        Set<LineSource> staying = Set.copyOf(now);
        states.forEach((source, state) -> state.setEnding(!staying.contains(source)));
    }

    /** Completes exceptionally when reader cannot go on at all. */
    CompletableFuture<Void> failed() {
        return failed;
    }

    /** As of the last commit. Thread-safe. */
    List<ReadPosition> tallies() {
        return tallies;
    }

    /** Lets {@link #run} commit and return. Thread-safe. */
    void stop() {
        stopped = true;
        waker.wake();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                readAll();
            }
            if (connected) {
                commit(clock.instant(), false);
            }
        } catch (SinkLostException e) {
            String lost = e.getMessage() + "; what was not committed is read again at the next start";
            if (isInterruption(e)) {
                LOG.info(lost); // it was told to end, and so was the broker
            } else {
                LOG.warn(lost);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            if (!stopped) {
                LOG.error("reading stops: {}", e.getMessage(), e instanceof IngestException ? null : e);
            }
            failed.completeExceptionally(e);
        } finally {
            states.values().forEach(SourceState::close);
            sink.close();
        }
    }

    private static boolean isInterruption(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }

    /** How it does. Thread-safe. */
    IngestState state() {
        return new IngestState(
                away.since(),
                Duration.ofNanos(System.nanoTime() - turnedAt),
                tallies.stream().collect(Collectors.toMap(ReadPosition::source, ReadPosition::offset)),
                waiting);
    }

    /** Notes that this thread goes on, and once a second what waits in journals. */
    private void turned() {
        long now = System.nanoTime();
        if (waiting.isEmpty() || now - turnedAt > NOTE_NANOS) {
            Map<String, Long> counts = new HashMap<>();
            for (LineSource source : sources) {
                Arrivals arrivals = source.arrivals();
                if (arrivals != null) {
                    counts.put(source.name(), arrivals.waiting());
                }
            }
            waiting = Map.copyOf(counts);
            turnedAt = now;
        }
    }

    /** Reads every source once, and commits if that is due; waits if there is nothing to do. */
    private void readAll() throws InterruptedException {
        turned();
        try {
            if (!connected) {
                open();
                away.isThere();
            }
            Instant now = clock.instant();
            boolean more = false;
            updateSources();
            for (SourceState state : states.values()) {
                more |= state.read(now);
            }
            if (isCommitDue(clock.instant())) {
                commit(now, true);
            }
            if (!more) {
                waker.await(limits.poll());
            }
        } catch (SinkLostException e) {
            connected = false;
            away.failed(String.valueOf(e.getMessage()));
            waker.await(RETRY);
        }
    }

    /** What comes after a pause is committed at once. */
    private boolean isCommitDue(Instant now) {
        long records =
                states.values().stream().mapToLong(SourceState::uncommitted).sum();
        return records >= limits.batchRecords()
                || (records > 0 && !now.isBefore(committedAt.plus(limits.batchWait())))
                || (states.values().stream().anyMatch(SourceState::moved)
                        && !now.isBefore(committedAt.plus(POSITIONS_ONLY)))
                || !now.isBefore(committedAt.plus(limits.heartbeat()));
    }

    private void commit(Instant now, boolean live) {
        List<ReadPosition> all = new ArrayList<>();
        for (SourceState state : states.values()) {
            state.finishedFiles().forEach(this::publishFinished);
            state.reader().publishActivity();
            ReadPosition position = state.position(now, live && !state.isEnding());
            if (position != null) {
                all.add(position);
                if (state.isNews(position)) {
                    sink.position(position);
                }
            }
        }
        sink.commit();
        all.forEach(known::put);
        Map<String, ReadPosition> byName = new HashMap<>();
        all.forEach(position -> byName.put(position.source(), position));
        states.values().forEach(state -> state.committed(byName.get(state.name())));
        states.values().stream().filter(SourceState::isEnding).forEach(SourceState::close);
        states.values().removeIf(SourceState::isEnding);
        tallies = List.copyOf(all);
        committedAt = now;
    }

    /** The file is known from now on; if the commit fails, {@link #open} forgets it again. */
    private void publishFinished(ReadPosition file) {
        sink.position(file);
        known.put(file);
        known.forgetOldest(Objects.requireNonNull(file.fileOf())).forEach(sink::forget);
    }
}
