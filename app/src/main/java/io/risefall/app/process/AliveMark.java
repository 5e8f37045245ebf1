package io.risefall.app.process;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks every few seconds that a part without an address of its own works: its file {@code alive} has the time of the last mark, for
 * the health check of a container or a service manager. A part that has failed, or whose process hangs, is not marked.
 */
public final class AliveMark implements AutoCloseable {
    /** A health check may call a part dead after some of them. */
    static final Duration EVERY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(AliveMark.class);

    private final Path file;
    private final CompletableFuture<?> failed;
    private final Clock clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("alive-mark", true));

    /**
     * @param dataDir where the file is
     * @param failed completes when the part has failed
     */
    public AliveMark(Path dataDir, CompletableFuture<?> failed, Clock clock) {
        file = dataDir.resolve("alive");
        this.failed = failed;
        this.clock = clock;
    }

    /** Returns at once. */
    public void start() {
        timer.scheduleWithFixedDelay(this::mark, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void mark() {
        if (failed.isDone()) {
            return;
        }
        try {
            Files.writeString(file, clock.instant() + "\n");
        } catch (IOException e) {
            LOG.warn("cannot mark in {} that this process works: {}", file, CommandException.reason(e));
        }
    }

    /** What has ended works no more. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            if (timer.awaitTermination(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.debug("cannot delete {}", file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
