package io.risefall.app.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Reads what a child prints, in a thread of its own, and keeps the end of it. */
public final class ChildOutput extends Thread {
    private static final int KEPT = 8;

    private final BufferedReader reader;
    private final String readyWord;
    private final Consumer<String> listener;
    private final List<String> kept = new ArrayList<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    /**
     * @param readyWord what the line begins with that says that the child works
     * @param listener hears every other line, in this thread
     */
    public ChildOutput(String name, BufferedReader reader, String readyWord, Consumer<String> listener) {
        super(name + "-output");
        this.reader = reader;
        this.readyWord = readyWord;
        this.listener = listener;
        setDaemon(true);
    }

    /** Completes with what follows the word; fails when the child ended before. */
    public CompletableFuture<String> ready() {
        return ready;
    }

    @Override
    public void run() {
        try (reader) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(readyWord)) {
                    ready.complete(line.substring(readyWord.length()).strip());
                } else if (!line.isBlank()) {
                    keep(line.strip());
                    listener.accept(line);
                }
            }
        } catch (IOException e) {
            keep("its output could not be read: " + e.getMessage());
        }
        ready.completeExceptionally(new IOException("it ended"));
    }

    /** What it printed before it ended is kept then. */
    public void awaitEnd() {
        try {
            join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void keep(String line) {
        if (kept.size() == KEPT) {
            kept.remove(0);
        }
        kept.add(line);
    }

    public synchronized boolean contain(String text) {
        return kept.stream().anyMatch(line -> line.contains(text));
    }

    /** The last line: why it ended, where it says so. */
    public synchronized String last() {
        return kept.isEmpty() ? "it said nothing" : kept.get(kept.size() - 1);
    }

    @Override
    public synchronized String toString() {
        return kept.isEmpty() ? "it said nothing" : String.join(" | ", kept);
    }
}
