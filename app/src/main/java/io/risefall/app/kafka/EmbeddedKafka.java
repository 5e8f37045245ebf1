package io.risefall.app.kafka;

import io.risefall.app.process.ChildJvm;
import io.risefall.app.process.ChildOutput;
import io.risefall.app.process.CommandException;
import io.risefall.app.process.LoopbackPort;
import io.risefall.app.process.SupervisedChild;
import io.risefall.query.file.AtomicFile;
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
 * A real single-node Kafka broker, for users without a Kafka: a child JVM ({@link KafkaBrokerMain}) on loopback with its data in
 * the data directory. It has its own JVM, because a broker halts its JVM when the disk is full. It is formatted on the first
 * start and keeps its port while that is free. Clients need its {@link BrokerCredential}. Acknowledged records survive kill -9
 * of everything, but not a power cut: they are in the page cache. A broker that exits unexpectedly is restarted at its port.
 *
 * <p>{@link #start} and {@link #close} are called by one thread; {@link #failed} may be watched by any.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

    /** Recovery of many unflushed segments takes seconds; a cold start on a busy machine takes longer. */
    private static final Duration START_DEADLINE = Duration.ofSeconds(90);

    /** A broker whose parent was killed exits by itself, but writes its segments first. */
    private static final Duration PREDECESSOR_DEADLINE = Duration.ofSeconds(20);

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(15);
    private static final int START_ATTEMPTS = 3;
    private static final SupervisedChild.RestartPolicy RESTARTS =
            new SupervisedChild.RestartPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30), 4);

    private static final String DISK_FULL = "No space left on device";

    private final Path dir;
    private final Path log;
    private final SupervisedChild child;
    private volatile @Nullable ChildOutput output;
    private int port;

    public EmbeddedKafka(Path dataDir) {
        this(dataDir, RESTARTS);
    }

    EmbeddedKafka(Path dataDir, SupervisedChild.RestartPolicy restarts) {
        child = new SupervisedChild("the Kafka broker", restarts, this::relaunch, () -> output().contains(DISK_FULL));
        dir = dataDir.resolve("kafka");
        log = dataDir.resolve("logs").resolve("kafka.log");
    }

    /** The file with the port of the embedded broker of {@code dataDir}. */
    public static Path portFile(Path dataDir) {
        return dataDir.resolve("kafka").resolve("port");
    }

    /**
     * The address of a Kafka, with the credential if it is the embedded broker of {@code dataDir}.
     *
     * @param servers Kafka's {@code bootstrap.servers}
     */
    public static KafkaAddress address(Path dataDir, String servers) {
        Path settings = BrokerCredential.clientSettings(dataDir.resolve("kafka"));
        boolean embedded = servers.equals(servers(LoopbackPort.read(portFile(dataDir)))) && Files.exists(settings);
        return embedded ? new KafkaAddress(servers, KafkaSettings.read(settings)) : KafkaAddress.of(servers);
    }

    /** Whether a backup pauses the embedded broker of {@code dataDir}; then it goes on by itself. */
    public static boolean isPaused(Path dataDir) {
        return BrokerPause.lasts(dataDir.resolve("kafka"));
    }

    /** @throws CommandException if a backup pauses the embedded broker of {@code dataDir} */
    public static void checkNotPaused(Path dataDir) {
        if (isPaused(dataDir)) {
            throw new CommandException("a backup of " + dataDir
                    + " pauses its Kafka, so nothing can be written now; it goes on by itself: try again in a minute");
        }
    }

    public void start() throws IOException, InterruptedException {
        Files.createDirectories(dir);
        BrokerCredential.create(dir);
        Files.createDirectories(log.getParent());
        awaitPredecessor();
        for (int attempt = 1; ; attempt++) {
            port = LoopbackPort.kept(dir.resolve("port"));
            try {
                launch();
                return;
            } catch (CommandException e) {
                // Another process took one of the ports between the choice and the bind.
                if (attempt == START_ATTEMPTS || !output().contains("Address already in use")) {
                    throw e;
                }
            }
        }
    }

    /** Kafka's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return servers(port);
    }

    private static String servers(int port) {
        return "127.0.0.1:" + port;
    }

    /** The address with the credential. */
    public KafkaAddress address() {
        return addressAt(dir, port);
    }

    /** The same, for who has only the broker's directory. */
    static KafkaAddress addressAt(Path dir, int port) {
        return new KafkaAddress(servers(port), KafkaSettings.read(BrokerCredential.clientSettings(dir)));
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
     * Completes exceptionally, with a {@link CommandException}, when the broker has exited unexpectedly and cannot be restarted:
     * the disk is full, or it exits at each start.
     */
    public CompletableFuture<Void> failed() {
        return child.failed();
    }

    @Override
    public void close() {
        child.close(STOP_DEADLINE);
    }

    private void launch() throws IOException, InterruptedException {
        Process process = child.start(new ProcessBuilder(command(LoopbackPort.free())));
        ChildOutput output = new ChildOutput(
                "kafka", process.inputReader(StandardCharsets.UTF_8), KafkaBrokerMain.READY, line -> {});
        this.output = output;
        output.start();
        try {
            output.ready().get(START_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new CommandException("the Kafka broker in " + dir + " was not ready after "
                    + START_DEADLINE.toSeconds() + " s: " + output + "; its log is " + log);
        } catch (ExecutionException e) {
            process.waitFor();
            throw new CommandException(
                    "the Kafka broker could not start in " + dir + ": " + why(output) + "; its log is " + log);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
        // Not before: a backup ends the broker that this names, and one that is still starting would not end in order.
        AtomicFile.write(BrokerPause.pidFile(dir), process.pid() + "\n");
        long startedAt = System.nanoTime();
        process.onExit().thenAccept(ended -> ended(ended.exitValue(), output, startedAt));
    }

    private void relaunch() throws IOException, InterruptedException {
        BrokerPause.awaitNone(dir);
        launch();
        LOG.warn("the Kafka broker is running again");
    }

    private void ended(int exitValue, ChildOutput output, long startedAt) {
        CommandException why = BrokerPause.lasts(dir)
                ? new CommandException("the Kafka broker pauses for a backup")
                : new CommandException("the Kafka broker exited (exit code " + exitValue + "): " + why(output)
                        + "; its log is " + log);
        if (output.contains(DISK_FULL) && !child.isClosing()) {
            child.giveUp(why);
        } else {
            child.restart(why, startedAt);
        }
    }

    private String why(ChildOutput output) {
        output.awaitEnd();
        return output.contains(DISK_FULL)
                ? "disk full at " + dir + "; free some space and start again"
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
        Path file = BrokerPause.lockFile(dir);
        long deadline = System.nanoTime() + PREDECESSOR_DEADLINE.toNanos();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (FileLock lock = channel.tryLock(); lock == null; lock = channel.tryLock()) {
                if (System.nanoTime() > deadline) {
                    throw new CommandException("a Kafka broker is still running in " + dir + " (lock file " + file
                            + "); stop it, or use another --data DIR");
                }
                Thread.sleep(100);
            }
        }
    }

    private ChildOutput output() {
        ChildOutput current = output;
        if (current == null) {
            throw new IllegalStateException("not started");
        }
        return current;
    }
}
