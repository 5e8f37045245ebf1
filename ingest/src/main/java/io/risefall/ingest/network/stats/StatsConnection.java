package io.risefall.ingest.network.stats;

import io.risefall.ingest.failure.IngestException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One connection to a stats socket. One thread uses it; any other may close it, and then it reads no further. */
public final class StatsConnection implements AutoCloseable {
    private final StatsAddress address;
    private final Selector selector;
    private final SocketChannel channel;

    /**
     * Connects.
     *
     * @param patience how long that may take
     * @throws IngestException if it cannot; the message says why, and what helps
     */
    public StatsConnection(StatsAddress address, Duration patience) {
        this.address = address;
        try {
            selector = Selector.open();
            channel = SocketChannel.open(address.family());
        } catch (IOException e) {
            throw new IngestException("cannot open a socket: " + e.getMessage(), e);
        }
        try {
            SelectableChannel unblocked = channel.configureBlocking(false);
            SelectionKey key = unblocked.register(selector, SelectionKey.OP_CONNECT);
            long deadline = System.nanoTime() + patience.toNanos();
            boolean connected = channel.connect(address.socket());
            while (!connected) {
                await(deadline);
                connected = channel.finishConnect();
            }
            key.interestOps(SelectionKey.OP_READ);
        } catch (IOException e) {
            close();
            throw StatsErrors.cannotConnect(address, e);
        }
    }

    /** Sends a line. */
    public void send(String command) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8));
        // A command is shorter than any socket's buffer.
        while (line.hasRemaining()) {
            if (channel.write(line) == 0) {
                throw new IOException("it takes no command");
            }
        }
    }

    /**
     * Waits for bytes.
     *
     * @param deadline in {@link System#nanoTime}
     * @return how many were added to {@code buffer}; -1: the other side has ended, or this was closed
     * @throws SocketTimeoutException if none came
     */
    public int read(ByteBuffer buffer, long deadline) throws IOException {
        while (channel.isOpen()) {
            int count = channel.read(buffer);
            if (count != 0) {
                return count;
            }
            await(deadline);
        }
        return -1;
    }

    private void await(long deadline) throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("no answer");
        }
        try {
            selector.select(left);
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException e) {
            throw new IOException("closed", e);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted");
        }
    }

    /** Where it is connected to. */
    public StatsAddress address() {
        return address;
    }

    @Override
    public void close() {
        try {
            channel.close();
            selector.close();
        } catch (IOException e) {
            // Nobody reads from it any more.
        }
    }
}
