package io.risefall.ingest.network;

import io.risefall.ingest.line.LineConsumer;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.network.journal.Journal;
import io.risefall.ingest.network.journal.JournalLimits;
import io.risefall.ingest.network.journal.ObservationRecord;
import io.risefall.schemas.source.Arrivals;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A listener on loopback with a real journal, and what came out of that. */
public final class OpenListener implements AutoCloseable {
    public static final InetSocketAddress FREE = new InetSocketAddress("127.0.0.1", 0);
    public static final LineDefaults UTC = LineDefaults.of(ZoneOffset.UTC);

    private final Journal journal;
    private final JournalSource source;
    private final Listener listener;
    private final List<String> received = new ArrayList<>();
    private final List<ObservationRecord> observed = new ArrayList<>();
    private final LineConsumer reading = new LineConsumer() {
        @Override
        public void line(
                LineReader reader,
                byte[] bytes,
                int from,
                int to,
                long position,
                Instant receivedAt,
                @Nullable String sender,
                boolean cut) {
            received.add(sender + " " + new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }

        @Override
        public void observed(ObservationRecord told, @Nullable String node, long position, Instant receivedAt) {
            observed.add(told);
        }
    };

    public OpenListener(Path directory, NetworkSource network, NetworkLimits limits) throws IOException {
        this(directory, network, limits, JournalLimits.DEFAULT);
    }

    public OpenListener(Path directory, NetworkSource network, NetworkLimits limits, JournalLimits room)
            throws IOException {
        journal = new Journal(directory, room, () -> {});
        JournalInput input = new JournalInput(network.name(), journal, Clock.systemUTC());
        source = new JournalSource(network.name(), journal, input, limits.message(), UTC);
        listener = network.listener(input, limits);
        journal.open();
        source.rewind(null);
        listener.start();
    }

    public OpenListener(Path directory, NetworkSource network) throws IOException {
        this(directory, network, NetworkLimits.DEFAULT);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.boundAddress();
    }

    int port() {
        return address().getPort();
    }

    /** {@code sender message} of all that came so far. */
    public List<String> received() throws IOException {
        while (source.read(reading)) {}
        return received;
    }

    /** What HAProxy told of its servers so far. */
    List<ObservationRecord> observed() throws IOException {
        received();
        return observed;
    }

    List<String> await(int messages) {
        return Awaitility.await("messages")
                .atMost(Duration.ofSeconds(60))
                .until(this::received, all -> all.size() >= messages);
    }

    /** What was read is published: the journal may let go of it. */
    void published() {
        source.published(source.offset());
    }

    /** Waits until this was counted so often. */
    void awaitLoss(String reason, long times) {
        Awaitility.await("lost: " + reason)
                .atMost(Duration.ofSeconds(60))
                .until(() -> arrivals().dropped().getOrDefault(reason, 0L) == times);
    }

    /** Waits until this was counted so often, and not as a loss. */
    void awaitInterruption(String reason, long times) {
        Awaitility.await("interrupted: " + reason)
                .atMost(Duration.ofSeconds(60))
                .until(() -> arrivals().interruptions().getOrDefault(reason, 0L) == times);
    }

    /** Whether nothing was missed since another listener used this directory. */
    Listener.Kept kept() {
        return listener.kept();
    }

    public Arrivals arrivals() {
        return source.arrivals();
    }

    /** What was received stays readable. */
    void stopListening() {
        listener.close();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        source.close();
        journal.close();
    }
}
