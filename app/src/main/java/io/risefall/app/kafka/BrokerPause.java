package io.risefall.app.kafka;

import io.risefall.app.process.CommandException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A time in which the embedded broker of a data directory does not run, so that its files are one state and do not change. The
 * service beside it goes on: it takes lines into its journals, and answers. It is a lock on a file, which the operating system
 * releases when the process that made it ends in any way; then the service starts the broker again. Used by one thread.
 */
public final class BrokerPause implements AutoCloseable {
    /** A broker that ends in order writes its segments first. */
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration ASKED = Duration.ofSeconds(1);

    private final FileChannel pause;
    private final FileChannel broker;

    private BrokerPause(FileChannel pause, FileChannel broker) {
        this.pause = pause;
        this.broker = broker;
    }

    /**
     * Ends the broker in order, and begins the pause.
     *
     * @param dir the broker's directory
     * @param service the process that runs the broker as its child; empty where no service runs
     * @throws CommandException if the broker does not end, or another pause lasts
     */
    public static BrokerPause begin(Path dir, Supplier<Optional<Long>> service)
            throws IOException, InterruptedException {
        FileChannel pause = open(pauseFile(dir));
        FileChannel broker = null;
        try {
            lock(dir, pause);
            broker = open(lockFile(dir));
            awaitEnd(dir, broker, service);
            return new BrokerPause(pause, broker);
        } catch (IOException | InterruptedException | RuntimeException e) {
            close(broker);
            close(pause);
            throw e;
        }
    }

    /** Who only asks whether a pause lasts has the lock for a moment. */
    private static void lock(Path dir, FileChannel pause) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + ASKED.toNanos();
        while (pause.tryLock() == null) {
            if (System.nanoTime() > deadline) {
                throw new CommandException("another backup of " + dir + " is being made");
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    /** Whether another process has made a pause that lasts. Makes no file: who asks may be ending, and its folder with it. */
    static synchronized boolean lasts(Path dir) {
        try (FileChannel pause = FileChannel.open(pauseFile(dir), StandardOpenOption.WRITE);
                FileLock free = pause.tryLock()) {
            return free == null;
        } catch (OverlappingFileLockException e) {
            return true; // this process has it, or waits for its end
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns when no pause lasts. Called by the service before it starts the broker again. */
    static void awaitNone(Path dir) throws IOException {
        try (FileChannel pause = open(pauseFile(dir));
                FileLock free = pause.lock()) {
            free.isValid();
        }
    }

    private static void awaitEnd(Path dir, FileChannel broker, Supplier<Optional<Long>> service)
            throws IOException, InterruptedException {
        Set<ProcessHandle> asked = new HashSet<>();
        long deadline = System.nanoTime() + STOP_DEADLINE.toNanos();
        while (broker.tryLock() == null) {
            checkDeadline(dir, deadline);
            service.get()
                    .flatMap(parent -> broker(dir, parent))
                    .filter(asked::add)
                    .ifPresent(ProcessHandle::destroy);
            Thread.sleep(POLL.toMillis());
        }
        // It gives up the lock before its controller has written the last of the metadata.
        while (asked.stream().anyMatch(ProcessHandle::isAlive)) {
            checkDeadline(dir, deadline);
            Thread.sleep(POLL.toMillis());
        }
    }

    private static void checkDeadline(Path dir, long deadline) {
        if (System.nanoTime() > deadline) {
            throw new CommandException(
                    "the Kafka broker in " + dir + " does not end; stop the service, and then back up");
        }
    }

    /** The service's child: another process may have the number of a broker that is gone. */
    private static Optional<ProcessHandle> broker(Path dir, long parent) {
        try {
            return ProcessHandle.of(
                            Long.parseLong(Files.readString(pidFile(dir)).strip()))
                    .filter(process -> process.parent().map(ProcessHandle::pid).equals(Optional.of(parent)));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Has the number of the broker's process, once it is ready. */
    static Path pidFile(Path dir) {
        return dir.resolve("pid");
    }

    /** Kafka's own lock, which a running broker holds. */
    static Path lockFile(Path dir) {
        return dir.resolve(".lock");
    }

    private static Path pauseFile(Path dir) {
        return dir.resolve("pause.lock");
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void close(@Nullable FileChannel channel) throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    /** Ends the pause. */
    @Override
    public void close() throws IOException {
        broker.close();
        pause.close();
    }
}
