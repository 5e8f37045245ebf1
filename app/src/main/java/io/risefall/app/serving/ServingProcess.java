package io.risefall.app.serving;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.options.HostPort;
import io.risefall.app.process.ChildJvm;
import io.risefall.app.process.ChildOutput;
import io.risefall.app.process.Failure;
import io.risefall.app.process.Logs;
import io.risefall.app.process.SupervisedChild;
import io.risefall.query.warehouse.RolePatterns;
import io.risefall.schemas.cluster.KafkaAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The query part as a child JVM ({@link ServingMain}), because users' SQL can take more memory than DuckDB's limit says: then
 * that SQL fails, or at worst the child ends, and is started again at the same address, while lines are read on. It goes on
 * exactly where it was: rows and offsets share a transaction.
 *
 * <p>{@link #start} and {@link #close} are called by one thread; {@link #failed} may be watched by any.
 */
public final class ServingProcess implements QueryPart {
    private static final Logger LOG = LoggerFactory.getLogger(ServingProcess.class);

    /** A file of many million rows takes seconds to open, one that is open elsewhere has some patience of its own. */
    private static final Duration START_DEADLINE = Duration.ofSeconds(90);

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);

    private static final SupervisedChild.Patience PATIENCE =
            new SupervisedChild.Patience(Duration.ofMillis(300), Duration.ofSeconds(10), 8);

    /**
     * Of addresses: a value of many GB is refused by the system, and its query fails by itself. Java's heap and code have
     * theirs here from the beginning, used or not, and so have DuckDB's allocations that are not given back.
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
            "-XX:-DumpReplayDataOnError");

    /** What a JVM says that finds no more memory for itself, beside a query that takes all. */
    private static final List<String> OUT_OF_MEMORY = List.of("insufficient memory", "OutOfMemoryError");

    private final DataDirectory data;
    private final SupervisedChild child =
            new SupervisedChild("what answers queries", PATIENCE, this::launchAgain, () -> false);
    private ServingOrder order;
    private volatile String address = "";
    private @Nullable Path temporary;

    /**
     * @param zone where days begin
     * @param roles backends with one server up by design; null: as before
     * @param http where to answer
     */
    public ServingProcess(
            KafkaAddress kafka, DataDirectory data, ZoneId zone, @Nullable RolePatterns roles, HostPort http) {
        this.data = data;
        order = new ServingOrder(
                kafka.servers(),
                kafka.access(),
                data.path().toString(),
                zone.getId(),
                roles == null ? null : roles.text(),
                http.host(),
                http.port(),
                LOG.isDebugEnabled(),
                0);
    }

    @Override
    public void start() throws IOException, InterruptedException {
        launch();
    }

    /** @throws Failure when it says that it cannot, or does not say that it can */
    private void launch() throws IOException, InterruptedException {
        Process process = child.begin(new ProcessBuilder(limited(command())));
        ChildOutput output = new ChildOutput(
                "query", process.inputReader(StandardCharsets.UTF_8), ServingMain.READY, ServingProcess::tell);
        output.start();
        try {
            process.getOutputStream().write(order.line().getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            address = output.ready().get(START_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException | ExecutionException | TimeoutException e) {
            process.destroyForcibly().waitFor();
            output.awaitEnd();
            throw new Failure(output.last(), e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
        long begun = System.nanoTime();
        process.onExit().thenAccept(ended -> ended(ended.exitValue(), output, begun));
    }

    /** At the address where it was. */
    private void launchAgain() throws IOException, InterruptedException {
        order = order.again(HostPort.parse(address).port());
        launch();
        LOG.warn("queries are answered again at {}", address);
    }

    private List<String> command() throws IOException {
        deleteUnpacked();
        Path unpacked = Files.createTempDirectory("risefall-query");
        temporary = unpacked;
        List<String> options = new ArrayList<>(OPTIONS);
        Path crash = data.path().resolve("logs").resolve("query-crash.log");
        options.add("-XX:ErrorFile=" + crash);
        return ChildJvm.command(unpacked, options, ServingMain.class, List.of());
    }

    /** A child that was killed has left some 70 MB. */
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

    /** As far as the system has such a limit; the child replaces the shell. */
    private static List<String> limited(List<String> command) {
        List<String> limited = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "ulimit -v " + ADDRESS_SPACE_KB + " 2>/dev/null; export MALLOC_ARENA_MAX=2; exec \"$@\"",
                "sh"));
        limited.addAll(command);
        return limited;
    }

    private static void tell(String line) {
        if (line.startsWith(Logs.CHILD_WARNING)) {
            LOG.warn("{}", line.substring(Logs.CHILD_WARNING.length()));
        } else {
            LOG.info("what answers queries says: {}", line);
        }
    }

    private void ended(int exitCode, ChildOutput output, long begun) {
        output.awaitEnd();
        if (exitCode == ServingMain.FAILED && !child.isClosing()) {
            child.giveUp(new Failure(output.last()));
            return;
        }
        boolean outOfMemory = OUT_OF_MEMORY.stream().anyMatch(output::contain);
        child.restart(
                new Failure("what answers queries ended (exit code " + exitCode + ": "
                        + (outOfMemory ? "a query took all the memory there is for it" : output.last()) + ")"),
                begun);
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
            LOG.debug("what a child has unpacked stays behind: {}", e.toString());
        }
    }
}
