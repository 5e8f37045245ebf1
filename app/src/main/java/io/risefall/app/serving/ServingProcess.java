package io.risefall.app.serving;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.options.HostPort;
import io.risefall.app.process.ChildJvm;
import io.risefall.app.process.ChildOutput;
import io.risefall.app.process.CommandException;
import io.risefall.app.process.Logs;
import io.risefall.app.process.SupervisedChild;
import io.risefall.query.http.access.AccessSettings;
import io.risefall.query.schedule.NotificationConfig;
import io.risefall.query.warehouse.RolePatterns;
import io.risefall.query.warehouse.facts.SealingAges;
import io.risefall.schemas.cluster.KafkaAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The query part as a child JVM ({@link ServingMain}), because users' SQL can take more memory than DuckDB's limit. Then that SQL
 * fails; at worst the child exits and is restarted at the same address, while ingest goes on. It resumes exactly where it was:
 * rows and offsets share a transaction.
 *
 * <p>{@link #start} and {@link #close} are called by one thread; {@link #failed} may be watched by any.
 */
public final class ServingProcess implements QueryPart {
    private static final Logger LOG = LoggerFactory.getLogger(ServingProcess.class);

    /** A file of many million rows takes seconds to open; longer if another process has it open. */
    private static final Duration START_DEADLINE = Duration.ofSeconds(90);

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);

    private static final SupervisedChild.RestartPolicy RESTARTS =
            new SupervisedChild.RestartPolicy(Duration.ofMillis(300), Duration.ofSeconds(10), 8);

    /**
     * Limit of the address space: the system refuses an allocation of many GB, and only its query fails. It includes Java's heap
     * and code, used or not, and DuckDB's allocations that are not returned.
     */
    private static final int ADDRESS_SPACE_KB = 5 << 20;

    private static final List<String> OPTIONS = List.of(
            "-Xms32m",
            "-Xmx640m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:CompressedClassSpaceSize=96m",
            "-XX:ReservedCodeCacheSize=96m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-DumpReplayDataOnError",
            // Threads of users' SQL have the lowest priority. Without the right to raise one, Java warns, and still
            // lowers it.
            "-XX:ThreadPriorityPolicy=1",
            "-XX:JavaPriority1_To_OSPriority=19",
            "-XX:-PrintWarnings");

    /** Printed by a JVM that finds no more memory, because a query takes all. */
    private static final List<String> OUT_OF_MEMORY = List.of("insufficient memory", "OutOfMemoryError");

    private final DataDirectory data;
    private final SupervisedChild child =
            new SupervisedChild("the query process", RESTARTS, this::relaunch, () -> false);
    private ServingConfig config;
    private volatile String address = "";
    private @Nullable KafkaAddress kafka;
    private @Nullable Started prepared;
    private @Nullable Path temporary;

    /**
     * @param zone where days begin
     * @param roles role backends; null: unchanged
     * @param http address for queries and pages
     * @param access who may come there
     * @param notifications who is told of alerts, and sent reports
     * @param sealing when days are written as files, and their rows leave; null: never
     */
    public ServingProcess(
            DataDirectory data,
            ZoneId zone,
            @Nullable RolePatterns roles,
            HostPort http,
            AccessSettings access,
            NotificationConfig notifications,
            @Nullable SealingAges sealing) {
        this.data = data;
        config = new ServingConfig(
                data.path().toString(),
                zone.getId(),
                roles == null ? null : roles.text(),
                http.host(),
                http.port(),
                access,
                LOG.isDebugEnabled(),
                Logs.isVerbose(),
                notifications,
                sealing,
                0);
    }

    /** A child that has its configuration, and opens the warehouse. */
    private record Started(Process process, ChildOutput output) {
        void send(String line) throws IOException {
            process.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        }
    }

    @Override
    public void prepare() throws IOException {
        prepared = begin();
    }

    @Override
    public void start(KafkaAddress ready) throws IOException, InterruptedException {
        kafka = ready;
        finish(prepared == null ? begin() : prepared);
    }

    private Started begin() throws IOException {
        Process process = child.start(new ProcessBuilder(limited(command())));
        ChildOutput output = new ChildOutput(
                "query", process.inputReader(StandardCharsets.UTF_8), ServingMain.READY, ServingProcess::log);
        output.start();
        Started started = new Started(process, output);
        try {
            started.send(config.line());
        } catch (IOException e) {
            LOG.debug("the query process has ended already; its output says why", e);
        }
        return started;
    }

    /** @throws CommandException if the child reports that it failed, or does not become ready */
    private void finish(Started started) throws IOException, InterruptedException {
        Process process = started.process();
        ChildOutput output = started.output();
        try {
            started.send(ServingConfig.line(Objects.requireNonNull(kafka)));
            address = output.ready().get(START_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException | ExecutionException | TimeoutException e) {
            process.destroyForcibly().waitFor();
            output.awaitEnd();
            throw new CommandException(output.last(), e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
        long startedAt = System.nanoTime();
        process.onExit().thenAccept(ended -> ended(ended.exitValue(), output, startedAt));
    }

    /** At the same address. */
    private void relaunch() throws IOException, InterruptedException {
        config = config.restarted(HostPort.parse(address).port());
        finish(begin());
        LOG.warn("queries are answered again at {}", address);
    }

    private List<String> command() throws IOException {
        deleteUnpacked();
        Path unpacked = temporaryFolder();
        temporary = unpacked;
        List<String> options = new ArrayList<>(OPTIONS);
        Path crash = data.path().resolve("logs").resolve("query-crash.log");
        options.add("-XX:ErrorFile=" + crash);
        return ChildJvm.command(unpacked, options, ServingMain.class, List.of());
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("risefall-query");
        } catch (IOException e) {
            throw new CommandException(
                    "cannot make a folder for temporary files in " + System.getProperty("java.io.tmpdir") + ": "
                            + CommandException.reason(e) + "; make it writable (in a container: --tmpfs /tmp)",
                    e);
        }
    }

    /** A killed child leaves about 70 MB behind. */
    private synchronized void deleteUnpacked() throws IOException {
        if (temporary == null) {
            return;
        }
        try (Stream<Path> files = Files.list(temporary)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(temporary);
        temporary = null;
    }

    /** With the address-space limit, where the system has one; the child replaces the shell. */
    private static List<String> limited(List<String> command) {
        List<String> limited = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "ulimit -v " + ADDRESS_SPACE_KB + " 2>/dev/null; export MALLOC_ARENA_MAX=2; exec \"$@\"",
                "sh"));
        limited.addAll(command);
        return limited;
    }

    private static void log(String line) {
        if (line.startsWith(Logs.CHILD_WARNING)) {
            LOG.warn("{}", line.substring(Logs.CHILD_WARNING.length()));
        } else {
            LOG.info("query process: {}", line);
        }
    }

    private void ended(int exitCode, ChildOutput output, long startedAt) {
        output.awaitEnd();
        if (exitCode == ServingMain.FAILED && !child.isClosing()) {
            child.giveUp(new CommandException(output.last()));
            return;
        }
        boolean outOfMemory = OUT_OF_MEMORY.stream().anyMatch(output::contains);
        child.restart(
                new CommandException("the query process exited (exit code " + exitCode + ": "
                        + (outOfMemory ? "a query used all its memory" : output.last()) + ")"),
                startedAt);
    }

    @Override
    public CompletableFuture<Void> failed() {
        return child.failed();
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void close() {
        child.close(STOP_DEADLINE);
        try {
            deleteUnpacked();
        } catch (IOException e) {
            LOG.debug("cannot delete the unpacked libraries of the query process: {}", e.toString());
        }
    }
}
