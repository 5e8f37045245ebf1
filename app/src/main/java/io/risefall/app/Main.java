package io.risefall.app;

import io.risefall.app.cli.Cli;
import io.risefall.app.terminal.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The program's entry point. */
public final class Main {
    /** A hanging close must not block the terminal; stored data is safe against kill -9. */
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(30);

    private Main() {}

    public static void main(String[] arguments) {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(main, ended), "stop"));
        int exitCode = Cli.INTERRUPTED;
        try {
            exitCode = Cli.run(Terminal.ofProcess(), arguments);
        } finally {
            ended.complete(exitCode);
        }
        System.exit(exitCode);
    }

    /** Runs one command in this thread; an interrupt acts like Ctrl-C. Exit codes: 0 success, 1 failure, 2 wrong usage. */
    public static int run(String[] arguments, PrintStream out, PrintStream err) {
        return Cli.run(new Terminal(System.in, out, err, false, 0), arguments);
    }

    /** On Ctrl-C and SIGTERM: lets the command close everything, and exits with its exit code. */
    private static void stop(Thread main, CompletableFuture<Integer> ended) {
        if (ended.isDone()) {
            return;
        }
        main.interrupt();
        int exitCode = Cli.INTERRUPTED;
        try {
            exitCode = ended.get(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            System.err.println("risefall: did not stop within " + STOP_DEADLINE.toSeconds() + " s; killed");
        } catch (Exception e) {
            System.err.println("risefall: " + e);
        }
        // Without halt, the exit code would be that of the signal.
        Runtime.getRuntime().halt(exitCode);
    }
}
