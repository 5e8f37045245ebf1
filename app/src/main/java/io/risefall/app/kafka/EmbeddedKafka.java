package io.risefall.app.kafka;

import io.risefall.app.process.ChildJvm;
import io.risefall.app.process.ChildOutput;
import io.risefall.app.process.Failure;
import io.risefall.app.process.LoopbackPort;
import io.risefall.app.process.SupervisedChild;
import io.risefall.schemas.cluster.KafkaAddress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker of one node, for those who have none: a child JVM ({@link KafkaBrokerMain}) on loopback with its
 * data below the data directory. A JVM of its own, because a broker halts its JVM when the disk is full. It is formatted
 * on its first start and keeps its port as long as that is free. It lets in only whoever has its {@link BrokerSecret}.
 * Acknowledged records survive kill -9 of everything, but not a power cut: they are in the page cache. A
 * broker that ends unasked is started again at its port.
 *
 * <p>{@link #start} and {@link #close} are called by one thread; {@link #failed} may be watched by any.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

    /** Recovery of many unflushed segments takes seconds, a cold start on a busy machine some more. */
    private static final Duration START_DEADLINE = Duration.ofSeconds(90);

    /** A broker whose parent was killed ends by itself, but writes its segments first. */
    private static final Duration PREDECESSOR_DEADLINE = Duration.ofSeconds(20);

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(15);
    private static final int START_ATTEMPTS = 3;
    private static final SupervisedChild.Patience PATIENCE =
            new SupervisedChild.Patience(Duration.ofSeconds(1), Duration.ofSeconds(30), 4);

    private static final String DISK_FULL = "No space left on device";

    private final Path dir;
    private final Path log;
    private final SupervisedChild child =
            new SupervisedChild("the Kafka broker", PATIENCE, this::launchAgain, () -> lines().contain(DISK_FULL));
    private volatile @Nullable ChildOutput lines;
    private int port;

    public EmbeddedKafka(Path dataDir) {
        dir = dataDir.resolve("kafka");
        log = dataDir.resolve("logs").resolve("kafka.log");
    }

    /** Where the port of the embedded broker of {@code dataDir} is kept, also while it runs. */
    public static Path portFile(Path dataDir) {
        return dataDir.resolve("kafka").resolve("port");
    }

    /**
     * How a Kafka that may be the embedded broker of {@code dataDir} is entered by somebody who may read that.
     *
     * @param servers where it is
     */
    public static KafkaAddress address(Path dataDir, String servers) {
        Path settings = BrokerSecret.clientSettings(dataDir.resolve("kafka"));
        boolean embedded = servers.equals(servers(LoopbackPort.read(portFile(dataDir)))) && Files.exists(settings);
        return embedded ? new KafkaAddress(servers, KafkaSettings.read(settings)) : KafkaAddress.of(servers);
    }

    public void start() throws IOException, InterruptedException {
        Files.createDirectories(dir);
        BrokerSecret.make(dir);
        Files.createDirectories(log.getParent());
        awaitPredecessor();
        for (int attempt = 1; ; attempt++) {
            port = LoopbackPort.kept(dir.resolve("port"));
            try {
                launch();
                return;
            } catch (Failure e) {
                // Somebody took one of the ports between the choice and the bind.
                if (attempt == START_ATTEMPTS || !lines().contain("Address already in use")) {
                    throw e;
                }
            }
        }
    }

    /** Where clients connect, as Kafka's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return servers(port);
    }

    private static String servers(int port) {
        return "127.0.0.1:" + port;
    }

    /** Where clients connect, and how they are let in. */
    public KafkaAddress address() {
        return new KafkaAddress(bootstrapServers(), KafkaSettings.read(BrokerSecret.clientSettings(dir)));
    }

    /** The child's process id. */
    public long pid() {
        Process process = child.process();
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process.pid();
    }

    /**
     * Completes exceptionally, with a {@link Failure}, when the broker has ended without having been asked to and cannot be
     * started again: the disk is full, or it ends at each start.
     */
    public CompletableFuture<Void> failed() {
        return child.failed();
    }

    @Override
    public void close() {
        child.close(STOP_DEADLINE);
    }

    private void launch() throws IOException, InterruptedException {
        Process process = child.begin(new ProcessBuilder(command(LoopbackPort.free())));
        ChildOutput output = new ChildOutput(
                "kafka", process.inputReader(StandardCharsets.UTF_8), KafkaBrokerMain.READY, line -> {});
        lines = output;
        output.start();
        try {
            output.ready().get(START_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new Failure("the Kafka broker in " + dir + " was not ready after " + START_DEADLINE.toSeconds()
                    + " s: " + output + "; its log is " + log);
        } catch (ExecutionException e) {
            process.waitFor();
            throw new Failure(
                    "the Kafka broker could not start in " + dir + ": " + why(output) + "; its log is " + log);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
        long begun = System.nanoTime();
        process.onExit().thenAccept(ended -> ended(ended.exitValue(), output, begun));
    }

    private void launchAgain() throws IOException, InterruptedException {
        launch();
        LOG.warn("the Kafka broker works again");
    }

    private void ended(int exitValue, ChildOutput output, long begun) {
        Failure why = new Failure(
                "the Kafka broker stopped (exit code " + exitValue + "): " + why(output) + "; its log is " + log);
        if (output.contain(DISK_FULL) && !child.isClosing()) {
            child.giveUp(why);
        } else {
            child.restart(why, begun);
        }
    }

    private String why(ChildOutput output) {
        output.awaitEnd();
        return output.contain(DISK_FULL)
                ? "disk full at " + dir + "; make room there and start again"
                : output.toString();
    }

    private List<String> command(int controllerPort) {
        return ChildJvm.command(
                Path.of(System.getProperty("java.io.tmpdir")),
                List.of(
                        "-Xms48m",
                        "-Xmx320m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dlogback.configurationFile=io/risefall/app/kafka-logback.xml",
                        "-Drisefall.kafka.log=" + log),
                KafkaBrokerMain.class,
                List.of(dir.toString(), Integer.toString(port), Integer.toString(controllerPort)));
    }

    private void awaitPredecessor() throws IOException, InterruptedException {
        Path file = dir.resolve(".lock");
        long deadline = System.nanoTime() + PREDECESSOR_DEADLINE.toNanos();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (FileLock lock = channel.tryLock(); lock == null; lock = channel.tryLock()) {
                if (System.nanoTime() > deadline) {
                    throw new Failure("a Kafka broker still works in " + dir + " (its lock is " + file
                            + "); stop it, or choose another --data DIR");
                }
                Thread.sleep(100);
            }
        }
    }

    private ChildOutput lines() {
        ChildOutput output = lines;
        if (output == null) {
            throw new IllegalStateException("not started");
        }
        return output;
    }
}
