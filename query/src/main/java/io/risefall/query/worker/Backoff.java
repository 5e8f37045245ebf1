package io.risefall.query.worker;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before what failed is tried again: twice as long each time.
 *
 * @param first after the first failure
 * @param longest never longer
 */
public record Backoff(Duration first, Duration longest) {
    private static final int DOUBLINGS = 20;
    /** So that what failed together does not come again together. */
    private static final double JITTER = 0.2;

    /** @param failures so far, at least 1 */
    public Duration after(int failures) {
        return after(failures, null);
    }

    /**
     * @param failures so far, at least 1
     * @param wanted what who was asked wants; null: nothing. It waits at least so long, as far as {@link #longest} goes
     */
    public Duration after(int failures, @Nullable Duration wanted) {
        long doubled = first.toMillis() << Math.min(failures - 1, DOUBLINGS);
        double spread = 1 - JITTER + 2 * JITTER * ThreadLocalRandom.current().nextDouble();
        Duration own = shorter(Duration.ofMillis((long) (doubled * spread)), longest);
        return wanted == null || wanted.compareTo(own) < 0 ? own : shorter(wanted, longest);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
