package io.risefall.ingest.network.ring;

import io.risefall.ingest.line.bytes.LineSplitter;
import io.risefall.ingest.network.HostName;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.ListenSockets;
import io.risefall.ingest.network.Listener;
import io.risefall.ingest.network.NetworkLimits;
import io.risefall.ingest.network.stats.HaproxyProcess;
import io.risefall.ingest.network.stats.StatsAddress;
import io.risefall.ingest.network.stats.StatsConnection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the ring of one process, from its oldest line on, in a thread of its own. While the journal is full it does not read, and HAProxy
 * counts what its ring has no room for.
 */
final class RingReader {
    private static final Logger LOG = LoggerFactory.getLogger(RingReader.class);

    static final String REFUSED =
            "times HAProxy had no such ring, or did not hand it over; risefall ingest --help shows what to add";
    static final String ENDED = "times HAProxy ended the connection to its ring; connected again";
    static final String GAP = "times a ring had no line left that was read before: lines may be lost; enlarge its size";
    static final String OVERRUN = "messages lost: HAProxy's ring was full";
    static final String OTHER_NAME =
            "times the lines of a ring had another host name (log-send-hostname) than HAProxy's node: its servers have"
                    + " two names";
    static final String FULL = "times reading waited because the journal was full";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Between two looks at whether it is to end. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** A process of before a reload is left after it was quiet for so long: a reader keeps it from ending. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** What a ring has is sent at once: it is all when nothing came for so long. */
    private static final long REPLAYED_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** The same where lines come all the time: a ring of some MB is read in a second. */
    private static final long REPLAY_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Its first lines may name no host, as the one that tells how many it has lost. */
    private static final int LOOKED_AT = 100;

    private static final int BLOCK = 64 * 1024;
    private static final int RETRY_MILLIS = 100;
    /** HAProxy ends what is quiet for its stats timeout, 10 s; so it is asked for another. In seconds: a week. */
    private static final String WITHOUT_TIMEOUT = "set timeout cli 604800";

    private final StatsAddress address;
    private final String ring;
    private final HaproxyProcess process;
    private final ReadLines known;
    private final RingMark mark;
    private final @Nullable String node;
    private final JournalInput input;
    private final NetworkLimits limits;
    private final String sender;
    private final long since;
    private final RingAnswer answer;
    private @Nullable StatsConnection connection;
    private final long begunAt = System.nanoTime();
    private long heardAt = begunAt;
    private int lookedAt;
    private boolean refused;
    private boolean leaving;
    private boolean closed;
    private boolean ended;

    /** @param node what the user calls the host; null: as lines and HAProxy call it */
    RingReader(
            StatsAddress address,
            String ring,
            HaproxyProcess process,
            ReadLines known,
            RingMark mark,
            @Nullable String node,
            JournalInput input,
            NetworkLimits limits) {
        this.address = address;
        this.ring = ring;
        this.process = process;
        this.known = known;
        this.mark = mark;
        this.node = node;
        this.input = input;
        this.limits = limits;
        sender = node(process);
        since = mark.since(process);
        answer = new RingAnswer(process.pid());
    }

    /** The host of a process. */
    static String node(HaproxyProcess process) {
        return process.node().isEmpty() ? HostName.get() : process.node();
    }

    void start() {
        ListenSockets.threads("ring-" + process.pid()).newThread(this::run).start();
    }

    long pid() {
        return process.pid();
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    /** Whether HAProxy has no such ring, or does not hand it over. */
    synchronized boolean wasRefused() {
        return refused;
    }

    private synchronized void refuse() {
        refused = true;
        closed = true;
        mark.refuse();
        input.drops().interrupted(REFUSED);
    }

    private synchronized void leave() {
        closed = true;
    }

    /** The same at once, whatever it waits for; nothing more is appended when this returns. */
    synchronized void abandon() {
        closed = true;
        notifyAll();
        if (connection != null) {
            connection.close();
        }
    }

    /** Another process has taken over. */
    synchronized void leaveWhenQuiet() {
        leaving = true;
    }

    private void run() {
        try (StatsConnection connected = new StatsConnection(address, PATIENCE)) {
            if (opened(connected)) {
                known.begin();
                connected.send(WITHOUT_TIMEOUT + ";show info;show events " + ring + " -w");
                read(connected);
            }
        } catch (IOException | RuntimeException e) {
            if (!isClosed()) {
                input.drops().interrupted(ENDED);
                input.drops().explain(ENDED, e);
            }
        } finally {
            end();
        }
    }

    private synchronized boolean opened(StatsConnection connected) {
        connection = connected;
        return !closed;
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    private void read(StatsConnection connected) throws IOException {
        LineSplitter splitter = new LineSplitter(BLOCK, limits.message());
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        while (!isDone()) {
            try {
                int count = connected.read(block, System.nanoTime() + LOOK_NANOS);
                if (count < 0) {
                    if (!isDone() && !isLeaving()) {
                        input.drops().interrupted(ENDED);
                    }
                    return;
                }
                heardAt = System.nanoTime();
                splitter.cut(block.array(), 0, block.position(), this::take);
                block.clear();
                flush();
                mark(System.nanoTime() - begunAt > REPLAY_NANOS);
            } catch (SocketTimeoutException e) {
                mark(System.nanoTime() - heardAt > REPLAYED_NANOS);
            }
        }
    }

    /** @param replayed whether what the ring had is read, as it is quiet, or has been read for long */
    private void mark(boolean replayed) {
        if (isDone() || isLeaving() || !answer.isOfRing()) {
            return;
        }
        mark.save(process.pid(), since, known.last());
        if (replayed) {
            mark.end(answer.isEmpty());
        }
    }

    private synchronized boolean isLeaving() {
        return leaving;
    }

    private synchronized boolean isDone() {
        return closed || leaving && System.nanoTime() - heardAt > QUIET_NANOS;
    }

    private void take(byte[] buffer, int from, int to, long position, boolean cut) {
        switch (answer.next(buffer, from, to)) {
            case NONE -> {}
            case LINE -> line(buffer, from, to, cut);
            // Around a reload either process may answer, and the other one is asked for next.
            case OTHER_PROCESS -> leave();
            case REFUSAL -> refuse();
        }
    }

    private void line(byte[] buffer, int from, int to, boolean cut) {
        if (lookedAt < LOOKED_AT) {
            lookedAt++;
            LineHost.of(buffer, from, to).ifPresent(this::named);
        }
        ReadLines.Verdict verdict = known.add(buffer, from, to);
        if (mark.kept() == Listener.Kept.NOT_KNOWN_YET) {
            mark.compare(known.last());
        }
        if (verdict == ReadLines.Verdict.REPEATED) {
            return;
        }
        if (verdict == ReadLines.Verdict.AFTER_A_GAP) {
            input.drops().interrupted(GAP);
        }
        if (cut) {
            input.drops().count("messages longer than " + limits.message() + " bytes; the rest was dropped");
        }
        long dropped = DroppedEvents.in(buffer, from, to);
        if (dropped > 0) {
            input.drops().count(OVERRUN, dropped);
        }
        append(Arrays.copyOfRange(buffer, from, to));
    }

    /** What the stats socket tells has one name, and the lines may have another. */
    private void named(String host) {
        lookedAt = LOOKED_AT;
        if (node == null && !host.equals(sender)) {
            input.drops().interrupted(OTHER_NAME);
            String shown = host.replaceAll("[^ -~]", "?");
            LOG.warn(
                    "the ring at {} names its host {}, and HAProxy's node is {}: add to section global of haproxy.cfg:"
                            + " node {} (or give --node {})",
                    address,
                    shown,
                    sender,
                    shown,
                    shown);
        }
    }

    private synchronized void append(byte[] message) {
        boolean appended = !closed && input.offer(sender, message, message.length);
        if (!appended && !closed) {
            input.drops().interrupted(FULL);
        }
        while (!appended && !closed) {
            await();
            appended = input.offer(sender, message, message.length);
        }
        // What is not in the journal is in the ring still, and read at the next start.
    }

    private synchronized void flush() {
        while (!input.flush() && !closed) {
            await();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // its callers loop
    private void await() {
        try {
            wait(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Returns when nothing more is appended. */
    synchronized void close() {
        abandon();
        while (!ended) {
            await();
        }
    }
}
