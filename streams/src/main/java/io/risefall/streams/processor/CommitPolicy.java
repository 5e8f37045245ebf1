package io.risefall.streams.processor;

/**
 * When a tick commits. A transaction must be short, as one that a dead host leaves open holds up all others until Kafka ends
 * it. A commit costs Kafka some round trips, so while records come without a pause only every few ticks commit; what comes
 * after a pause is committed by the next tick. Called by one stream thread.
 */
final class CommitPolicy {
    private static final int BUSY_TICKS = 5;

    private boolean inputSinceTick;
    /** At first because replays can be left from before. */
    private boolean workSinceCommit = true;

    private int ticksSinceCommit = BUSY_TICKS;

    /** A record came. */
    void onInput() {
        inputSinceTick = true;
    }

    /** There is something to commit, or left to do, without a further record. */
    void onWork() {
        workSinceCommit = true;
    }

    /** Begins a tick; true if a record came since the last one. */
    boolean onTick() {
        boolean busy = inputSinceTick;
        inputSinceTick = false;
        workSinceCommit |= busy;
        ticksSinceCommit++;
        return busy;
    }

    /**
     * Whether this tick commits. A commit that is requested when there is nothing to commit would take place with the next
     * record, before the next tick.
     *
     * @param busy what {@link #onTick} returned
     */
    boolean isDue(boolean busy) {
        if (!workSinceCommit || (busy && ticksSinceCommit < BUSY_TICKS)) {
            return false;
        }
        workSinceCommit = false;
        ticksSinceCommit = 0;
        return true;
    }
}
