package io.risefall.query.alert.delivery;

import io.risefall.query.alert.channel.Channel;
import io.risefall.query.alert.channel.DeliveryException;
import io.risefall.query.alert.channel.Outgoing;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that send: a few for each channel, so that a slow receiver stops nobody else. At most one message of an alert is on its
 * way to a channel at a time. Called by the thread that delivers.
 */
final class Couriers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Couriers.class);

    private static final int PER_CHANNEL = 2;
    private static final long IDLE_SECONDS = 30;

    private final Map<String, ThreadPoolExecutor> threads = new HashMap<>();
    private final Map<String, Integer> busy = new HashMap<>();
    private final Set<String> underway = new HashSet<>();
    private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();

    /**
     * What became of one.
     *
     * @param answer what the receiver said; null: it did not acknowledge
     * @param error why not
     * @param retryAfter when it wants to be asked again; null: it does not say
     */
    record Result(
            WaitingNotification row,
            @Nullable String answer,
            @Nullable String error,
            @Nullable Duration retryAfter) {}

    /** Whether a message can be sent now. */
    boolean isFree(WaitingNotification row) {
        return busy.getOrDefault(row.channel(), 0) < PER_CHANNEL && !underway.contains(key(row));
    }

    boolean isUnderway(WaitingNotification row) {
        return underway.contains(key(row));
    }

    void send(WaitingNotification row, Channel channel, Outgoing outgoing) {
        underway.add(key(row));
        busy.merge(row.channel(), 1, Integer::sum);
        threads.computeIfAbsent(row.channel(), Couriers::pool).execute(() -> results.add(sent(row, channel, outgoing)));
    }

    private static Result sent(WaitingNotification row, Channel channel, Outgoing outgoing) {
        try {
            return new Result(row, channel.send(outgoing), null, null);
        } catch (DeliveryException e) {
            LOG.debug("not acknowledged: {}", row.deliveryId(), e);
            return new Result(row, null, String.valueOf(e.getMessage()), e.retryAfter());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(row, null, "stopped", null);
        } catch (RuntimeException | Error e) {
            // One channel's trouble must not end the others; its words may hold what was sent.
            LOG.debug("failed: {}", row.deliveryId(), e);
            return new Result(row, null, "failed inside: " + e.getClass().getSimpleName(), null);
        }
    }

    /** The next result; null: none within that time. */
    @Nullable Result next(Duration wait) throws InterruptedException {
        return results.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Its result is recorded. */
    void done(WaitingNotification row) {
        underway.remove(key(row));
        busy.merge(row.channel(), -1, Integer::sum);
    }

    private static String key(WaitingNotification row) {
        return row.channel() + "\n" + row.alertId();
    }

    private static ThreadPoolExecutor pool(String channel) {
        return new ThreadPoolExecutor(
                0, PER_CHANNEL * 3, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "alerts-to-" + channel);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** What is on its way then is sent again later, with the same id. */
    @Override
    public void close() {
        threads.values().forEach(ThreadPoolExecutor::shutdownNow);
    }
}
