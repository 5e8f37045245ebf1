package io.risefall.ingest.network.ring;

import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.ListenSockets;
import io.risefall.ingest.network.Listener;
import io.risefall.ingest.network.NetworkLimits;
import io.risefall.ingest.network.stats.HaproxyProcess;
import io.risefall.ingest.network.stats.StatsAddress;
import io.risefall.ingest.network.stats.StatsClient;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the ring of whichever process answers at a stats socket. One thread asks once a second which that is; each process is read by
 * a thread of its own, so that after a reload the old one is read to its end while the new one is followed.
 */
final class RingFollower implements Listener {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long ASK_MILLIS = 1_000;
    /** A new process keeps its first lines in its ring until then. */
    private static final long LONGEST_MILLIS = 5_000;

    private static final long REFUSED_MILLIS = 15_000;

    static final String UNREACHABLE = "times HAProxy's stats socket could not be used; trying again";

    private final StatsAddress address;
    private final String ring;
    private final JournalInput input;
    private final NetworkLimits limits;
    private final StatsClient haproxy;
    /** The latest last. */
    private final List<RingReader> readers = new ArrayList<>();

    private @Nullable HaproxyProcess followed;
    /** What was read of it. */
    private ReadLines known = new ReadLines();

    private long waitMillis = ASK_MILLIS;
    private boolean unreachable;
    private boolean closed;

    RingFollower(StatsAddress address, String ring, JournalInput input, NetworkLimits limits) {
        this.address = address;
        this.ring = ring;
        this.input = input;
        this.limits = limits;
        haproxy = new StatsClient(address, PATIENCE);
    }

    /** Returns at once: HAProxy may start later. */
    @Override
    public void start() {
        ListenSockets.threads("ring-watch").newThread(this::run).start();
    }

    private void run() {
        while (!isClosed()) {
            try {
                HaproxyProcess process = haproxy.process();
                unreachable = false;
                follow(process);
            } catch (IngestException e) {
                if (!unreachable) {
                    unreachable = true;
                    input.drops().interrupted(UNREACHABLE);
                    input.drops().explain(UNREACHABLE, e);
                }
                waitMillis = Math.min(2 * waitMillis, LONGEST_MILLIS);
            }
            await(waitMillis);
        }
    }

    private synchronized void follow(HaproxyProcess process) {
        if (closed) {
            return;
        }
        boolean refused = readers.stream().anyMatch(RingReader::wasRefused);
        waitMillis = refused ? REFUSED_MILLIS : ASK_MILLIS;
        readers.removeIf(RingReader::hasEnded);
        if (followed == null || !isSame(followed, process)) {
            readers.forEach(RingReader::leaveWhenQuiet);
            known = new ReadLines();
            read(process);
        } else if (readers.stream().noneMatch(reader -> reader.pid() == process.pid())) {
            // It was interrupted.
            read(process);
        }
        followed = process;
    }

    private void read(HaproxyProcess process) {
        RingReader reader = new RingReader(address, ring, process, known, input, limits);
        readers.add(reader);
        reader.start();
    }

    /** A container gives each process the same pid; but a younger one has begun later. */
    private static boolean isSame(HaproxyProcess before, HaproxyProcess now) {
        return before.pid() == now.pid() && now.uptime().compareTo(before.uptime()) >= 0;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @SuppressWarnings("WaitNotInLoop") // its caller loops
    private synchronized void await(long millis) {
        try {
            if (!closed) {
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    @Override
    public SocketAddress boundAddress() {
        return address.socket();
    }

    @Override
    public void close() {
        List<RingReader> open;
        synchronized (this) {
            closed = true;
            notifyAll();
            open = List.copyOf(readers);
        }
        open.forEach(RingReader::close);
    }
}
