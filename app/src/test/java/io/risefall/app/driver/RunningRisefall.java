package io.risefall.app.driver;

import static org.awaitility.Awaitility.await;

import io.risefall.app.cli.Cli;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.RuleOptions;
import io.risefall.app.runtime.Pipeline;
import io.risefall.app.terminal.ProgressListener;
import io.risefall.app.terminal.Terminal;
import io.risefall.ingest.FileImport;
import io.risefall.ingest.ImportProgress;
import io.risefall.ingest.IngestSettings;
import io.risefall.ingest.file.FileSource;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code risefall run} in a thread of this process, and commands beside it on the same data directory. */
public final class RunningRisefall implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration END = Duration.ofMinutes(3);

    private final Path data;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread thread;

    private RunningRisefall(Path data, List<String> arguments) {
        this.data = data;
        Terminal terminal = terminal(err);
        thread = new Thread(
                () -> exitCode.complete(Cli.run(terminal, arguments.toArray(String[]::new))), "risefall run");
    }

    private static Terminal terminal(ByteArrayOutputStream err) {
        return new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                0);
    }

    /** Returns when it runs; it listens on free ports unless {@code options} say more. */
    public static RunningRisefall start(Path data, String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--data", data.toString(), "--http", "127.0.0.1:0", "--syslog-udp", "127.0.0.1:0"));
        arguments.addAll(List.of(options));
        RunningRisefall running = new RunningRisefall(data, arguments);
        running.thread.start();
        await("start")
                .atMost(START)
                .until(() -> running.exitCode.isDone() || running.err().contains("is running"));
        if (running.exitCode.isDone()) {
            throw new AssertionError("risefall run ended: " + running.err());
        }
        return running;
    }

    /** Runs a command that must succeed; returns what it printed. */
    public String must(String command, String... arguments) {
        return new CommandRunner().must(data, command, arguments);
    }

    /** As above, with the command first in the array. */
    public String must(String[] command) {
        return must(command[0], List.of(command).subList(1, command.length).toArray(String[]::new));
    }

    /** As {@code risefall import}, for files that each have their own node and zone; returns when they can be queried. */
    public void load(List<FileSource> files) throws Exception {
        try (Pipeline pipeline = Pipeline.open(
                CommonOptions.of(data),
                ZoneOffset.UTC,
                null,
                new RuleOptions().rules(),
                terminal(new ByteArrayOutputStream()))) {
            new FileImport(IngestSettings.of(pipeline.kafka(), data), Clock.systemUTC())
                    .importFiles(files, ImportProgress.NONE);
            pipeline.awaitQueryable(ProgressListener.NONE);
        }
    }

    /** What it has printed to standard error so far. */
    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Ctrl-C; returns the exit code. */
    public int stop() throws Exception {
        thread.interrupt();
        return exitCode.get(END.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        stop();
    }
}
