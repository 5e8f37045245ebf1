package io.risefall.ingest;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.file.KnownFiles;
import io.risefall.ingest.file.TailedFiles;
import io.risefall.ingest.heartbeat.ListeningHeartbeat;
import io.risefall.ingest.line.LineSource;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.JournalSource;
import io.risefall.ingest.network.Listener;
import io.risefall.ingest.network.NetworkSource;
import io.risefall.ingest.network.journal.Journal;
import io.risefall.ingest.publish.EventSink;
import io.risefall.ingest.publish.Publisher;
import io.risefall.ingest.tally.TallyLog;
import io.risefall.schemas.source.ReadPosition;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows files, listens for syslog and RELP, and publishes health events. One thread reads everything, one per
 * protocol receives, and one forces journals to disk and logs the tally once a minute. Started and closed once.
 */
public final class Ingest implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

    /** How long a commit under way may take when closing; a broker that is away is not waited for. */
    private static final Duration CLOSE = Duration.ofSeconds(5);

    /** One network source with its journal and listener. */
    private record NetworkInput(
            NetworkSource source,
            Journal journal,
            JournalInput journalInput,
            Listener listener,
            @Nullable ListeningHeartbeat heartbeat) {}

    /**
     * An address that is being listened on.
     *
     * @param source its source
     * @param address the address, with the port that was chosen
     */
    public record Open(NetworkSource source, SocketAddress address) {}

    private final IngestSettings settings;
    private final Clock clock;
    private final Waker waker = new Waker();
    private final List<NetworkInput> inputs = new ArrayList<>();
    private final IngestLoop loop;
    private final Thread reader;
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("ingest-scheduler", true));
    private final TallyLog tallyLog = new TallyLog(LOG::info);

    public Ingest(IngestSettings settings, Clock clock) {
        this(
                settings,
                clock,
                new Publisher(
                        settings.kafka(),
                        settings.kafka().names().prefix() + "risefall-ingest-" + settings.instance(),
                        settings.limits().brokerWait(),
                        clock));
    }

    Ingest(IngestSettings settings, Clock clock, EventSink sink) {
        this.settings = settings;
        this.clock = clock;
        List<LineSource> sources = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        String prefix = settings.sourcePrefix();
        List<FileSource> tails =
                settings.files().stream().map(file -> file.of(prefix)).toList();
        tails.forEach(file -> once(names, file.name()));
        KnownFiles known = new KnownFiles();
        TailedFiles files = new TailedFiles(
                tails,
                settings.patterns().stream().map(pattern -> pattern.of(prefix)).toList(),
                settings.limits().fileLine(),
                clock,
                known);
        for (NetworkSource source : settings.network()) {
            once(names, source.name());
            NetworkInput input = input(source, clock);
            inputs.add(input);
            sources.add(new JournalSource(
                    prefix + source.name(),
                    input.journal(),
                    input.journalInput(),
                    settings.limits().network().message(),
                    source.lines(),
                    source.oneWriter()));
        }
        this.loop = new IngestLoop(sources, files, known, sink, settings.limits(), settings.kafka(), waker, clock);
        this.reader = new Thread(loop, "ingest-reader");
        reader.setDaemon(true);
    }

    private static void once(Set<String> names, String name) {
        if (!names.add(name)) {
            throw new IngestException("the source " + name + " is given twice; give it once");
        }
    }

    private NetworkInput input(NetworkSource source, Clock clock) {
        Path directory = Journal.directory(settings.dataDir(), source.name());
        Journal journal = new Journal(directory, settings.limits().journal(), waker::wake);
        JournalInput journalInput = new JournalInput(source.name(), journal, clock);
        Listener listener = source.listener(journalInput, settings.limits().network());
        ListeningHeartbeat heartbeat = source.sendsAgain()
                ? null
                : new ListeningHeartbeat(source.name(), directory, journalInput, listener, clock);
        return new NetworkInput(source, journal, journalInput, listener, heartbeat);
    }

    /**
     * Returns when everything listens. Input goes into journals until Kafka is there and the saved positions are known.
     *
     * @throws IngestException if a port is taken or the journal cannot be used
     */
    public void start() {
        try {
            for (NetworkInput input : inputs) {
                input.journal().open();
            }
            for (NetworkInput input : inputs) {
                input.listener().start();
                if (input.heartbeat() != null) {
                    input.heartbeat().begin();
                }
            }
        } catch (IOException e) {
            closeNetwork();
            throw new IngestException("cannot use the journal below " + settings.dataDir() + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            closeNetwork();
            throw e;
        }
        Duration period = settings.limits().journal().sync();
        if (!period.isZero()) {
            scheduler.scheduleWithFixedDelay(this::sync, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
        }
        scheduler.scheduleWithFixedDelay(
                this::beat, ListeningHeartbeat.EVERY_MILLIS, ListeningHeartbeat.EVERY_MILLIS, TimeUnit.MILLISECONDS);
        scheduler.scheduleWithFixedDelay(() -> tallyLog.write(tallies()), 1, 1, TimeUnit.MINUTES);
        reader.start();
    }

    private void beat() {
        for (NetworkInput input : inputs) {
            if (input.heartbeat() != null) {
                input.heartbeat().beat();
            }
        }
    }

    private void sync() {
        for (NetworkInput input : inputs) {
            try {
                input.journal().sync();
            } catch (IOException | RuntimeException e) {
                LOG.warn("cannot force a journal to disk: {}; trying again in a moment", e.toString());
            }
        }
    }

    /**
     * Completes exceptionally when reading cannot continue at all: Kafka refuses the credentials at the first contact, its
     * topics have unequal partitions, or another ingester took over the identity. Never completes normally.
     */
    public CompletableFuture<Void> failed() {
        return loop.failed();
    }

    /** The position and tally of every source, as of the last commit. Thread-safe. */
    public List<ReadPosition> tallies() {
        return loop.tallies();
    }

    /** How it does. Thread-safe. */
    public IngestState state() {
        return loop.state();
    }

    /** What network input dropped, by {@code source: reason}; empty if nothing was. Thread-safe. */
    public Map<String, Long> dropped() {
        return bySource(JournalInput::dropped);
    }

    /** What interrupted senders without dropping anything that had arrived, by {@code source: reason}. Thread-safe. */
    Map<String, Long> interruptions() {
        return bySource(JournalInput::interruptions);
    }

    private Map<String, Long> bySource(Function<JournalInput, Map<String, Long>> counts) {
        Map<String, Long> all = new TreeMap<>();
        inputs.forEach(input -> counts.apply(input.journalInput())
                .forEach((why, times) -> all.put(input.source().name() + ": " + why, times)));
        return all;
    }

    /** The addresses listened on, in the order of the settings. */
    public List<Open> listening() {
        return inputs.stream()
                .map(input -> new Open(input.source(), input.listener().boundAddress()))
                .toList();
    }

    /** Stops listening, commits what was read and returns. The rest of journals and files is read at the next start. */
    @Override
    public void close() {
        stopListening();
        loop.stop();
        if (reader.isAlive()) {
            join();
        }
        closeNetwork();
    }

    private void join() {
        try {
            reader.join(CLOSE.toMillis());
            if (reader.isAlive()) {
                reader.interrupt();
                reader.join(CLOSE.toMillis());
            }
        } catch (InterruptedException e) {
            reader.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void stopListening() {
        Instant still = clock.instant();
        for (NetworkInput input : inputs) {
            input.listener().close();
            if (input.heartbeat() != null) {
                input.heartbeat().end(still);
            }
        }
    }

    private void closeNetwork() {
        stopListening();
        scheduler.shutdownNow();
        IOException failed = null;
        for (NetworkInput input : inputs) {
            try {
                input.journal().close();
            } catch (IOException e) {
                failed = e;
            }
        }
        if (failed != null) {
            LOG.warn("cannot close a journal: {}", failed.toString());
        }
    }
}
