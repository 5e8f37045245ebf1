package io.risefall.query.alert.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long to wait before a receiver is tried again: twice as long each time, from a second to a quarter of an hour. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int DOUBLINGS = 10;
    /** So that what failed together does not come again together. */
    private static final double JITTER = 0.2;

    private Backoff() {}

    /**
     * @param attempts so far, at least 1
     * @param wanted what the receiver asks for; null: nothing. It waits at least so long, as far as {@link #LONGEST} goes
     * @param random from 0 to 1
     */
    static Duration after(int attempts, @Nullable Duration wanted, double random) {
        long doubled = FIRST.toMillis() << Math.min(attempts - 1, DOUBLINGS);
        double spread = 1 - JITTER + 2 * JITTER * random;
        Duration own = shorter(Duration.ofMillis((long) (doubled * spread)), LONGEST);
        return wanted == null || wanted.compareTo(own) < 0 ? own : shorter(wanted, LONGEST);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
