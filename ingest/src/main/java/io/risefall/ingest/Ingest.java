package io.risefall.ingest;

import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.file.FileTail;
import io.risefall.ingest.line.LineSource;
import io.risefall.ingest.network.Journal;
import io.risefall.ingest.network.JournalSource;
import io.risefall.ingest.network.Losses;
import io.risefall.ingest.network.NetworkServer;
import io.risefall.ingest.network.SyslogTcp;
import io.risefall.ingest.network.SyslogTcpServer;
import io.risefall.ingest.network.SyslogUdp;
import io.risefall.ingest.network.SyslogUdpServer;
import io.risefall.schemas.ReadPosition;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
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
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows files and listens for syslog, and publishes what they say of health. One thread reads everything, one per
 * protocol receives, one forces journals to disk. Started and closed once.
 */
public final class Ingest implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

    /** A commit under way is let finish; a broker that is away is not waited for. */
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final IngestSettings settings;
    private final Clock clock;
    private final Waker waker = new Waker();
    private final List<Journal> journals = new ArrayList<>();
    private final List<Losses> losses = new ArrayList<>();
    private final List<SyslogUdpServer> udp = new ArrayList<>();
    private final List<SyslogTcpServer> tcp = new ArrayList<>();
    private final Pump pump;
    private final Thread reader;
    private final ScheduledExecutorService syncing =
            Executors.newSingleThreadScheduledExecutor(NetworkServer.threads("journal-sync"));

    public Ingest(IngestSettings settings, Clock clock) {
        this(
                settings,
                clock,
                new Publisher(
                        settings.bootstrapServers(),
                        "risefall-ingest-" + settings.instance(),
                        settings.limits().brokerWait(),
                        clock));
    }

    Ingest(IngestSettings settings, Clock clock, EventSink sink) {
        this.settings = settings;
        this.clock = clock;
        List<LineSource> sources = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (FileSource file : settings.tails()) {
            once(names, file.name());
            sources.add(new FileTail(file, settings.limits().fileLine(), clock));
        }
        for (SyslogUdp one : settings.udp()) {
            once(names, one.name());
            udp.add(server(
                    one.name(),
                    sources,
                    (journal, lost) -> new SyslogUdpServer(one.address(), journal, lost, settings.limits(), clock)));
        }
        for (SyslogTcp one : settings.tcp()) {
            once(names, one.name());
            tcp.add(server(
                    one.name(),
                    sources,
                    (journal, lost) -> new SyslogTcpServer(one.address(), journal, lost, settings.limits(), clock)));
        }
        this.pump = new Pump(sources, sink, settings.limits(), waker, clock);
        this.reader = new Thread(pump, "ingest-reader");
        reader.setDaemon(true);
    }

    private static void once(Set<String> names, String name) {
        if (!names.add(name)) {
            throw new IngestException("the source " + name + " is given twice; give it once");
        }
    }

    private <S> S server(String name, List<LineSource> sources, BiFunction<Journal, Losses, S> create) {
        IngestLimits limits = settings.limits();
        Journal journal = new Journal(
                Journal.directory(settings.dataDir(), name), limits.journal(), limits.journalSegment(), waker::wake);
        Losses lost = new Losses(name);
        journals.add(journal);
        losses.add(lost);
        sources.add(new JournalSource(name, journal, limits.networkLine(), settings.zone(), settings.tags()));
        return create.apply(journal, lost);
    }

    /**
     * Returns when everything listens and Kafka has said where to read on.
     *
     * @throws IngestException if Kafka is not there, a port is taken or the journal cannot be used
     */
    public void start() {
        try {
            for (Journal journal : journals) {
                journal.open();
            }
            pump.open();
            udp.forEach(SyslogUdpServer::start);
            tcp.forEach(SyslogTcpServer::start);
        } catch (SinkLostException e) {
            closeNetwork();
            throw new IngestException(e.getMessage(), e);
        } catch (IOException e) {
            closeNetwork();
            throw new IngestException("cannot use the journal below " + settings.dataDir() + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            closeNetwork();
            throw e;
        }
        long period = settings.limits().journalSync().toMillis();
        syncing.scheduleWithFixedDelay(this::sync, period, period, TimeUnit.MILLISECONDS);
        reader.start();
    }

    private void sync() {
        for (Journal journal : journals) {
            try {
                journal.sync();
            } catch (IOException | RuntimeException e) {
                LOG.warn("cannot force a journal to disk: {}; trying again in a moment", e.toString());
            }
        }
    }

    /** Completes exceptionally when reading cannot go on at all; never completes normally. */
    public CompletableFuture<Void> failed() {
        return pump.failed();
    }

    /** How far every source has been read, as of the last commit. Thread-safe. */
    public List<ReadPosition> tallies() {
        return pump.tallies();
    }

    /** What network input dropped, by {@code source: reason}; empty while nothing was. Thread-safe. */
    public Map<String, Long> dropped() {
        Map<String, Long> all = new TreeMap<>();
        losses.forEach(one -> all.putAll(one.counts()));
        return all;
    }

    /** Where UDP is listened for, in the order of the settings. */
    public List<InetSocketAddress> udpAddresses() {
        return addresses(udp, SyslogUdpServer::boundAddress);
    }

    /** Where TCP is listened for, in the order of the settings. */
    public List<InetSocketAddress> tcpAddresses() {
        return addresses(tcp, SyslogTcpServer::boundAddress);
    }

    private static <S> List<InetSocketAddress> addresses(List<S> servers, Function<S, InetSocketAddress> address) {
        return servers.stream().map(address).toList();
    }

    /** Stops listening, commits what was read and returns; what is in journals and files is read at the next start. */
    @Override
    public void close() {
        udp.forEach(SyslogUdpServer::close);
        tcp.forEach(SyslogTcpServer::close);
        pump.stop();
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

    private void closeNetwork() {
        udp.forEach(SyslogUdpServer::close);
        tcp.forEach(SyslogTcpServer::close);
        syncing.shutdownNow();
        IOException failed = null;
        for (Journal journal : journals) {
            try {
                journal.close();
            } catch (IOException e) {
                failed = e;
            }
        }
        if (failed != null) {
            LOG.warn("cannot close a journal: {}", failed.toString());
        }
    }
}
