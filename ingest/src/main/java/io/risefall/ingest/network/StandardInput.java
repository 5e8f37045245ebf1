package io.risefall.ingest.network;

import io.risefall.ingest.line.context.LineDefaults;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/**
 * Standard in, as {@code journalctl -o json -u haproxy -f | risefall ingest --tail -}: a pipe gives each byte once, so
 * what comes from it goes through a journal like what comes from the network. Lines that name no host are this machine's.
 *
 * <p>When the journal is full the pipe is not read, and the writer waits. Lost can be: with a crash the block that was
 * being written to the journal, 64 KiB at most, and what the pipe still held.
 */
public final class StandardInput implements NetworkSource {
    private final InputStream in;
    private final LineDefaults lines;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** @param lines how to read what comes */
    public StandardInput(LineDefaults lines) {
        this(System.in, lines);
    }

    /** @param in is read instead of {@link System#in}; not closed */
    public StandardInput(InputStream in, LineDefaults lines) {
        this.in = in;
        this.lines = lines;
    }

    @Override
    public String name() {
        return "stdin";
    }

    @Override
    public String protocol() {
        return "standard input";
    }

    @Override
    public LineDefaults lines() {
        return lines;
    }

    @Override
    public boolean oneWriter() {
        return true;
    }

    /** Completes when the in has ended and all of it is in the journal; exceptionally if it cannot be read. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public Listener listener(JournalInput input, NetworkLimits limits) {
        return new StandardInputReader(in, input, limits, ended);
    }
}
