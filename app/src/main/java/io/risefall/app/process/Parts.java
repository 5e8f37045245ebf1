package io.risefall.app.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started, to be closed in reverse; and the first of it that failed. One thread. */
public final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final CompletableFuture<Void> failed = new CompletableFuture<>();

    /** Remembers {@code part}; call it before the part is started, so that a half-started one is closed too. */
    public <T extends AutoCloseable> T add(T part) {
        started.push(part);
        return part;
    }

    /** Fails when {@code part} does. */
    public void watch(CompletableFuture<?> part) {
        part.whenComplete((done, failure) -> {
            if (failure != null) {
                failed.completeExceptionally(failure);
            }
        });
    }

    public CompletableFuture<Void> failed() {
        return failed;
    }

    /** Throws why, if one has failed. */
    public void check() {
        if (failed.isDone()) {
            awaitFailure(failed);
        }
    }

    /** Waits until {@code failed} is, and throws why; returns at Ctrl-C. */
    public static void awaitFailure(CompletableFuture<?> failed) {
        try {
            failed.get();
        } catch (InterruptedException e) {
            LOG.info("asked to stop");
        } catch (ExecutionException e) {
            throw Failure.of(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    /** Everything is closed, whatever fails at it: what is kept is safe against kill -9, so it is safe against this. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not close cleanly: {}", part.getClass().getSimpleName(), Failure.reason(e), e);
            }
        }
    }
}
