package io.risefall.query.http;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Answers that take a while: some at a time, some more waiting for a while, the rest turned away with a {@link
 * BusyException}. Any thread.
 */
public final class WorkQueue implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final String what;
    private final int waiting;
    private final Duration patience;
    private final ThreadPoolExecutor threads;

    /**
     * @param what they are, in the plural, for messages and thread names
     * @param atOnce how many are worked on at a time
     * @param waiting how many more may wait
     * @param patience how long they wait at most
     */
    public WorkQueue(String what, int atOnce, int waiting, Duration patience) {
        this(what, atOnce, waiting, patience, Thread.NORM_PRIORITY);
    }

    /** @param priority of the threads that work on them */
    @SuppressWarnings("ThreadPriorityCheck") // what is lost without priorities is speed, and nothing else
    public WorkQueue(String what, int atOnce, int waiting, Duration patience, int priority) {
        this.what = what;
        this.waiting = waiting;
        this.patience = patience;
        threads = new ThreadPoolExecutor(
                atOnce, atOnce, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), task -> {
                    Thread thread = new Thread(task, what);
                    thread.setDaemon(true);
                    thread.setPriority(priority);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Has it done by a thread of the queue. The result fails with what {@code work} throws, or with a {@link BusyException}
     * when it was not begun; cancelling it before it was begun leaves it out.
     */
    public CompletableFuture<Answer> submit(Callable<Answer> work) {
        CompletableFuture<Answer> result = new CompletableFuture<>();
        AtomicBoolean begun = new AtomicBoolean();
        Runnable task = () -> {
            if (!result.isDone() && begun.compareAndSet(false, true)) {
                complete(result, work);
            }
        };
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(busy(waiting + " are waiting already"));
            return result;
        }
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (begun.compareAndSet(false, true)) {
                        result.completeExceptionally(busy("no slot became free within " + patience.toSeconds() + " s"));
                        threads.remove(task);
                    }
                });
        return result;
    }

    private static void complete(CompletableFuture<Answer> result, Callable<Answer> work) {
        try {
            Answer answer = work.call();
            if (!result.complete(answer)) {
                answer.discard(); // nobody waits for it any more
            }
        } catch (Throwable e) { // an Error, too, must not leave the client without an answer
            result.completeExceptionally(e);
        }
    }

    private BusyException busy(String why) {
        return new BusyException(
                "busy: " + threads.getMaximumPoolSize() + " " + what + " at a time, and " + why + "; try again",
                RETRY_AFTER);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
