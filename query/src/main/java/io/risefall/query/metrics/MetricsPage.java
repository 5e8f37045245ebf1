package io.risefall.query.metrics;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The latest {@link Metrics}, for those who cannot wait: as they are now, or, where taking them lasts because others ask the
 * warehouse much, as they were. One thread takes them, however many ask. Any thread.
 */
public final class MetricsPage implements AutoCloseable {
    /** Prometheus gives up after ten seconds by default. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(8);

    private final Metrics metrics;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(new DefaultThreadFactory("metrics", true));
    private @Nullable CompletableFuture<byte[]> taking;
    private byte @Nullable [] last;

    public MetricsPage(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Completes within a few seconds; with a {@link java.util.concurrent.TimeoutException} only before the very first. */
    public synchronized CompletableFuture<byte[]> latest() {
        CompletableFuture<byte[]> now = taking;
        if (now == null) {
            now = CompletableFuture.supplyAsync(this::take, thread);
            taking = now;
            now.whenComplete((page, failure) -> taken(page));
        }
        byte[] before = last;
        return before == null
                ? now.copy().orTimeout(FIRST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                : now.exceptionally(failure -> before)
                        .completeOnTimeout(before, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void taken(byte @Nullable [] page) {
        taking = null;
        if (page != null) {
            last = page;
        }
    }

    private byte[] take() {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try {
            metrics.write(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
        return page.toByteArray();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
