package io.risefall.ingest.network.ring;

import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.ListenSockets;
import io.risefall.ingest.network.Listener;
import io.risefall.ingest.network.NetworkLimits;
import io.risefall.ingest.network.journal.ObservationRecord;
import io.risefall.ingest.network.stats.HaproxyProcess;
import io.risefall.ingest.network.stats.StatsAddress;
import io.risefall.ingest.network.stats.StatsClient;
import io.risefall.ingest.network.stats.ToldServers;
import io.risefall.ingest.network.stats.ToldText;
import io.risefall.schemas.message.ObservedServer;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    /** Between two looks at the servers. */
    private static final Duration LOOK = Duration.ofMinutes(1);
    /** The same while some servers wait for their first check. */
    private static final Duration SOON = Duration.ofSeconds(2);
    /** So often; then their checks are rare. */
    private static final int SOON_AT_MOST = 30;

    static final String UNASKED = "times HAProxy did not tell the states of its servers; trying again";

    static final String UNREACHABLE = "times HAProxy's stats socket could not be used; trying again";

    static final String FAILED = "times following HAProxy's ring failed for what was told; trying again";

    private final StatsAddress address;
    private final String ring;
    private final @Nullable String node;
    private final JournalInput input;
    private final NetworkLimits limits;
    private final StatsClient haproxy;
    private final RingReaders readers;
    private final RingMark mark;

    private @Nullable HaproxyProcess followed;
    /** What was read of it. */
    private ReadLines known = new ReadLines();

    private final ServerLooks looks = new ServerLooks();
    private long nextLook = System.nanoTime();
    private int looksSoon;
    private boolean unasked;
    private boolean refused;

    private long waitMillis = ASK_MILLIS;
    private boolean unreachable;
    private boolean closed;

    /** @param node what the user calls the host; null: as lines and HAProxy call it */
    RingFollower(StatsAddress address, String ring, @Nullable String node, JournalInput input, NetworkLimits limits) {
        this.address = address;
        this.ring = ring;
        this.node = node;
        this.input = input;
        this.limits = limits;
        haproxy = new StatsClient(address, PATIENCE);
        readers = new RingReaders(input.drops());
        mark = new RingMark(input.directory(), input.clock());
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
                if (follow(process)) {
                    looks.begin();
                    looksSoon = 0;
                    nextLook = System.nanoTime();
                }
                // Without its lines, what is told once would stand for ever.
                if (!process.stopping() && !refused && System.nanoTime() - nextLook >= 0) {
                    look(process);
                }
            } catch (IngestException e) {
                if (!unreachable) {
                    unreachable = true;
                    input.drops().interrupted(UNREACHABLE);
                    input.drops().explain(UNREACHABLE, e);
                }
                waitMillis = Math.min(2 * waitMillis, LONGEST_MILLIS);
            } catch (RuntimeException e) {
                // Whatever an answer makes of this code, the ring is followed.
                input.drops().interrupted(FAILED);
                input.drops().explain(FAILED, e);
            }
            await(waitMillis);
        }
    }

    /** The states of its servers, as of now. */
    private void look(HaproxyProcess process) {
        try {
            ToldServers told = haproxy.servers();
            if (told.process().pid() != process.pid()) {
                return; // another process has taken over, and is asked next
            }
            Instant at = input.clock().instant().truncatedTo(ChronoUnit.MICROS);
            String node = RingReader.node(process);
            if (told.unusable() > 0) {
                input.drops().count(ToldText.UNUSABLE, told.unusable());
            }
            boolean room = true;
            for (ObservedServer server : looks.news(told, at)) {
                room = room && input.observed(new ObservationRecord(at, node, process.pid(), server));
                if (room) {
                    looks.published(server, at);
                }
            }
            input.flush();
            unasked = false;
            boolean soon = !room || looks.isAwaiting() && looksSoon++ < SOON_AT_MOST;
            nextLook = System.nanoTime() + (soon ? SOON : LOOK).toNanos();
        } catch (IngestException | IOException e) {
            nextLook = System.nanoTime() + LOOK.toNanos();
            if (!unasked) {
                unasked = true;
                input.drops().interrupted(UNASKED);
                input.drops().explain(UNASKED, e);
            }
        }
    }

    /** Returns whether a ring is read from its begin. */
    private synchronized boolean follow(HaproxyProcess process) {
        if (closed) {
            return false;
        }
        refused = readers.anyRefused();
        boolean begins = !refused;
        waitMillis = refused ? REFUSED_MILLIS : ASK_MILLIS;
        readers.forgetEnded();
        if (followed == null || !isSame(followed, process)) {
            readers.leaveWhenQuiet();
            known = new ReadLines();
            read(process);
        } else if (!readers.isRead(process.pid())) {
            // It was interrupted.
            read(process);
        } else {
            begins = false;
        }
        followed = process;
        return begins;
    }

    private void read(HaproxyProcess process) {
        mark.begin(process);
        readers.start(new RingReader(address, ring, process, known, mark, node, input, limits));
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

    /** A ring that still has the lines that were read last has kept all. */
    @Override
    public Kept kept() {
        return mark.kept();
    }

    @Override
    public void close() {
        List<RingReader> open;
        synchronized (this) {
            closed = true;
            notifyAll();
            open = readers.all();
        }
        open.forEach(RingReader::close);
        mark.close();
    }
}
