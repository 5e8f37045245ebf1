package io.risefall.app.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The started parts: closes them in reverse order, and reports the first failure. Used by one thread. */
public final class Lifecycle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final CompletableFuture<Void> failed = new CompletableFuture<>();

    /** Adds {@code part}; call it before the part is started, so that a half-started part is closed too. */
    public <T extends AutoCloseable> T add(T part) {
        started.push(part);
        return part;
    }

    /** Fails when {@code part} fails. */
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

    /** Throws the failure, if a part has failed. */
    public void check() {
        if (failed.isDone()) {
            awaitFailure(failed);
        }
    }

    /** Waits for a failure and throws it; returns at Ctrl-C. */
    public static void awaitFailure(CompletableFuture<?> failed) {
        try {
            failed.get();
        } catch (InterruptedException e) {
            LOG.info("stopping on request");
        } catch (ExecutionException e) {
            throw CommandException.of(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    /** Closes everything, even if some parts fail to close: stored data is safe against kill -9, so also against this. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn(
                        "{} did not close cleanly: {}", part.getClass().getSimpleName(), CommandException.reason(e), e);
            }
        }
    }
}
