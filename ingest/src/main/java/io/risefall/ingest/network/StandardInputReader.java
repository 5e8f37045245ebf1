package io.risefall.ingest.network;

import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.line.bytes.LineSplitter;
import io.risefall.ingest.line.header.EntryFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Reads lines from a stream into a journal, and waits while that is full. Has a thread of its own, which nothing can interrupt. */
final class StandardInputReader implements Listener {
    private static final int BLOCK = 64 * 1024;
    private static final int RETRY_MILLIS = 100;

    private static final SocketAddress NO_ADDRESS = new SocketAddress() {
        @Override
        public String toString() {
            return "standard input";
        }
    };

    private final InputStream in;
    private final JournalInput input;
    private final NetworkLimits limits;
    private final CompletableFuture<Void> ended;
    private final String sender = HostName.get();
    private boolean closed;
    private boolean field;

    StandardInputReader(InputStream in, JournalInput input, NetworkLimits limits, CompletableFuture<Void> ended) {
        this.in = in;
        this.input = input;
        this.limits = limits;
        this.ended = ended;
    }

    @Override
    public void start() {
        ListenSockets.threads("stdin").newThread(this::run).start();
    }

    private void run() {
        LineSplitter splitter = new LineSplitter(BLOCK, limits.message());
        try {
            while (splitter.read(in) >= 0) {
                splitter.cut(this::take);
                flush();
            }
            splitter.cutLast(this::take);
            flush();
            ended.complete(null);
        } catch (IOException e) {
            ended.completeExceptionally(new IngestException("cannot read standard input: " + e.getMessage(), e));
        }
    }

    private synchronized void take(byte[] buffer, int from, int to, long position, boolean cut) {
        int length = to - from;
        // An empty line means something only after the fields of an entry: the entry is over.
        if (length == 0 && !field) {
            return;
        }
        field = EntryFormat.EXPORT.continues(buffer, from, to, 0);
        if (cut) {
            input.drops().count("messages longer than " + length + " bytes; the rest was dropped");
        }
        byte[] message = Arrays.copyOfRange(buffer, from, to);
        boolean appended = !closed && input.offer(sender, message, message.length);
        if (!appended && !closed) {
            input.drops().interrupted("times reading waited because the journal was full");
        }
        while (!appended && !closed) {
            await();
            appended = input.offer(sender, message, message.length);
        }
        if (!appended) {
            input.drops().count("messages lost: the journal was full at shutdown");
        }
    }

    private synchronized void flush() {
        while (!input.flush() && !closed) {
            await();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // its callers try again, and loop
    private void await() {
        try {
            wait(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    @Override
    public SocketAddress boundAddress() {
        return NO_ADDRESS;
    }

    @Override
    public boolean isListening() {
        return !ended.isDone();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
