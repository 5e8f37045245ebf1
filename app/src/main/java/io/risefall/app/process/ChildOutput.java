package io.risefall.app.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Reads the output of a child in its own thread, and keeps its last lines. */
public final class ChildOutput extends Thread {
    private static final int LINES_KEPT = 8;

    private final BufferedReader reader;
    private final String readyPrefix;
    private final Consumer<String> listener;
    private final List<String> kept = new ArrayList<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    /**
     * @param readyPrefix start of the line that reports that the child is ready
     * @param listener receives every other line, in this thread
     */
    public ChildOutput(String name, BufferedReader reader, String readyPrefix, Consumer<String> listener) {
        super(name + "-output");
        this.reader = reader;
        this.readyPrefix = readyPrefix;
        this.listener = listener;
        setDaemon(true);
    }

    /** Completes with the rest of the ready line; fails if the child exits before. */
    public CompletableFuture<String> ready() {
        return ready;
    }

    @Override
    public void run() {
        try (reader) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(readyPrefix)) {
                    ready.complete(line.substring(readyPrefix.length()).strip());
                } else if (!line.isBlank()) {
                    keep(line.strip());
                    listener.accept(line);
                }
            }
        } catch (IOException e) {
            keep("cannot read its output: " + e.getMessage());
        }
        ready.completeExceptionally(new IOException("it exited"));
    }

    /** Waits until everything that the child printed has been read. */
    public void awaitEnd() {
        try {
            join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void keep(String line) {
        if (kept.size() == LINES_KEPT) {
            kept.remove(0);
        }
        kept.add(line);
    }

    public synchronized boolean contains(String text) {
        return kept.stream().anyMatch(line -> line.contains(text));
    }

    /** The last line: usually the reason for its exit. */
    public synchronized String last() {
        return kept.isEmpty() ? "no output" : kept.get(kept.size() - 1);
    }

    @Override
    public synchronized String toString() {
        return kept.isEmpty() ? "no output" : String.join(" | ", kept);
    }
}
