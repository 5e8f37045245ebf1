package io.risefall.query.alert.engine;

import java.time.Instant;

/**
 * How near something must begin to what shares a backend, a server's name or a node, to belong to it. By the rule of the view
 * {@code incidents}: near its begin; of a backend and a name also while it lasts, for the first ten minutes, or near its end.
 *
 * @param first when the first began
 * @param last when the last began
 * @param heldUntil until when those that are over lasted, ten minutes at most each
 * @param open how many last
 * @param nearMs how near
 */
record Neighbourhood(Instant first, Instant last, Instant heldUntil, int open, long nearMs) {
    /** What has been down for so long is a condition that stands: what begins later has a cause of its own. */
    private static final long STANDS_MS = 600_000;

    static Neighbourhood of(Trouble trouble) {
        return new Neighbourhood(trouble.from(), trouble.from(), trouble.from(), 1, trouble.nearMs());
    }

    Neighbourhood begins(Trouble trouble) {
        Instant from = trouble.from();
        return new Neighbourhood(
                earlier(first, from),
                later(last, from),
                later(heldUntil, from),
                open + 1,
                Math.max(nearMs, trouble.nearMs()));
    }

    Neighbourhood ends(Trouble trouble, Instant at) {
        Instant held = earlier(at, trouble.from().plusMillis(STANDS_MS));
        return new Neighbourhood(first, last, later(heldUntil, held), open - 1, nearMs);
    }

    boolean reaches(Instant from, long fromNearMs) {
        Instant until = open > 0 ? later(heldUntil, last.plusMillis(STANDS_MS)) : heldUntil;
        return isWithin(from, until, fromNearMs);
    }

    boolean reachesFromBegin(Instant from, long fromNearMs) {
        return isWithin(from, last, fromNearMs);
    }

    private boolean isWithin(Instant from, Instant until, long fromNearMs) {
        long near = Math.max(nearMs, fromNearMs);
        return !from.isBefore(first.minusMillis(near)) && !from.isAfter(until.plusMillis(near));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
