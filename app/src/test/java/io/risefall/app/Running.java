package io.risefall.app;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command that runs until it is stopped, in a thread of its own. */
final class Running implements AutoCloseable {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread thread;

    private Running(String... arguments) {
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        thread = new Thread(() -> exitCode.complete(Cli.run(terminal, arguments)), "risefall " + arguments[0]);
    }

    static Running start(String... arguments) {
        Running running = new Running(arguments);
        running.thread.start();
        return running;
    }

    /** What it said so far. */
    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Ctrl-C; returns the exit code. */
    int stop() throws Exception {
        thread.interrupt();
        return exitCode.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        stop();
    }
}
