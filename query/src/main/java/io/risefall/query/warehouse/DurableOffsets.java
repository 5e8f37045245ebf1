package io.risefall.query.warehouse;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/** Up to where each topic partition is in the warehouse, and who waits for more. Any thread; waiting takes none. */
final class DurableOffsets {
    private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();
    private final List<Waiter> waiters = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    private record Waiter(Map<TopicPartition, Long> wanted, CompletableFuture<Boolean> reached) {}

    void put(Map<TopicPartition, Long> nextOffsets) {
        next.putAll(nextOffsets);
        settle();
    }

    /** The next offset of each partition; all before it is durable. */
    Map<TopicPartition, Long> positions() {
        return next;
    }

    /** Whether somebody waits for more. */
    boolean isAwaited() {
        return !waiters.isEmpty();
    }

    /** Completes when all before these offsets is durable; with false when the time has run out, or nothing more comes. */
    CompletableFuture<Boolean> reached(Map<TopicPartition, Long> wanted, Duration limit) {
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        Waiter waiter = new Waiter(wanted, reached);
        waiters.add(waiter);
        settle();
        return reached.completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((done, failure) -> waiters.remove(waiter));
    }

    /** Nothing more comes. */
    void end() {
        ended = true;
        settle();
    }

    private void settle() {
        for (Waiter waiter : waiters) {
            boolean reached = waiter.wanted().entrySet().stream()
                    .allMatch(wanted -> next.getOrDefault(wanted.getKey(), 0L) >= wanted.getValue());
            if (reached || ended) {
                waiter.reached().complete(reached);
            }
        }
    }
}
