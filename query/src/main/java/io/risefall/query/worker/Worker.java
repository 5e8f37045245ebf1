package io.risefall.query.worker;

import io.risefall.query.time.Durations;
import io.risefall.schemas.cluster.KafkaTrouble;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does one work for as long as the process lives. Work that fails is logged, counted and begun again after a pause that
 * grows. An {@link Error} ends it, as then nothing is known of what still works; {@link #ended} says so. {@link #start} and {@link #close}
 * once each, {@link #pause} and {@link #rest} by the work, the others by any thread.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    /** Work that went well for so long has recovered. */
    private static final Duration STABLE = Duration.ofMinutes(1);
    /** DuckDB does not heed an interrupt. */
    private static final Duration INTERRUPTED = Duration.ofSeconds(5);

    /** What it does. */
    public interface Work {
        /**
         * Works and pauses in turns, until {@link #pause}, {@link #rest} or {@link #isClosing} says that it is time to end. When it returns
         * before, it is begun again after a moment.
         */
        void run(Worker worker) throws Exception;
    }

    private final String name;
    private final String does;
    private final Backoff backoff;
    private final Duration grace;
    private final Work work;
    private final Thread thread;
    private final AtomicLong failures = new AtomicLong();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private int inARow;
    private String lastReason = "";
    private boolean woken;
    private boolean closing;

    /**
     * @param name of the thread
     * @param does for messages, as "sends alerts"
     * @param backoff between failures; its shortest pause also where the work returns
     * @param grace how long the work may take to end by itself, before it is interrupted
     */
    public Worker(String name, String does, Backoff backoff, Duration grace, Work work) {
        this.name = name;
        this.does = does;
        this.backoff = backoff;
        this.grace = grace;
        this.work = work;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** How often it had to begin anew. */
    public long failures() {
        return failures.get();
    }

    /** Completes with an {@link EndedWorkerException} when an error has ended it; never completes otherwise. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    private void run() {
        try {
            while (!isClosing()) {
                pauseBetween(attempt());
            }
        } catch (Error e) {
            ended.completeExceptionally(
                    new EndedWorkerException("the thread that " + does + " (" + name + ") ended: " + e, e));
            LOG.error("the thread that {} ({}) ends", does, name, e);
        }
    }

    /** @return when to begin again */
    private Duration attempt() {
        long begun = System.nanoTime();
        try {
            work.run(this);
            return backoff.first();
        } catch (Exception e) {
            // An interrupt is by close, or says no more than that it failed.
            boolean interrupted = Thread.interrupted();
            if (isClosing()) {
                LOG.debug("{} ends, interrupted {}", name, interrupted, e);
                return Duration.ZERO;
            }
            return failed(e, System.nanoTime() - begun);
        }
    }

    private Duration failed(Exception e, long lived) {
        failures.incrementAndGet();
        inARow = lived > STABLE.toNanos() ? 1 : inARow + 1;
        Duration again = backoff.after(inARow);
        String reason = KafkaTrouble.reason(e);
        // Once for each reason, however often it is tried.
        if (inARow == 1 || !reason.equals(lastReason)) {
            boolean bug =
                    e instanceof RuntimeException && e.getClass().getName().startsWith("java.");
            LOG.warn(
                    "the thread that {} failed, and tries again in {}: {}",
                    does,
                    Durations.text(again.toMillis()),
                    reason,
                    bug ? e : null);
        }
        LOG.debug("{} failed", name, e);
        lastReason = reason;
        return again;
    }

    private void pauseBetween(Duration length) {
        try {
            pause(length);
        } catch (InterruptedException e) {
            LOG.debug("{} is interrupted", name);
        }
    }

    public synchronized boolean isClosing() {
        return closing;
    }

    /**
     * Waits for so long, whoever wakes it.
     *
     * @return whether it is time to end
     */
    public boolean pause(Duration length) throws InterruptedException {
        return await(length, false);
    }

    /**
     * Waits until it is woken, or was since the last rest.
     *
     * @return whether it is time to end
     */
    public boolean rest(Duration atMost) throws InterruptedException {
        return await(atMost, true);
    }

    private synchronized boolean await(Duration length, boolean untilWoken) throws InterruptedException {
        long until = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = until - System.nanoTime()) {
            if (closing || (untilWoken && woken)) {
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        woken &= !untilWoken;
        return closing;
    }

    /** Ends a rest, or the next one. */
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Lets the work end, interrupts it when that takes too long, and returns when the thread has ended, or does not heed that. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            if (!grace.isZero()) {
                thread.join(grace.toMillis());
            }
            thread.interrupt();
            thread.join(INTERRUPTED.toMillis());
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
