package io.risefall.streams.processor;

/**
 * When a tick commits. A transaction must be short, as one that a dead host leaves open holds up all others until Kafka ends
 * it. A commit costs Kafka some round trips, so while records come without a pause only every few ticks commit, and while a
 * backlog is worked off even fewer: an entity is stored once per commit, and its results are sent once. What comes after a
 * pause is committed by the next tick. Called by one stream thread.
 */
final class CommitPolicy {
    private static final int BUSY_TICKS = 5;
    private static final int BACKLOG_TICKS = 10;
    /** So many records in one tick are a backlog: no fleet prints so many for long. */
    private static final int BACKLOG = 200;

    private int inputsSinceTick;
    /** At first because replays can be left from before. */
    private boolean workSinceCommit = true;

    private int ticksSinceCommit = BUSY_TICKS;
    private int ticksToWait = BUSY_TICKS;

    /** A record came. */
    void onInput() {
        inputsSinceTick++;
    }

    /** There is something to commit, or left to do, without a further record. */
    void onWork() {
        workSinceCommit = true;
    }

    /** Begins a tick; true if a record came since the last one. */
    boolean onTick() {
        boolean busy = inputsSinceTick > 0;
        ticksToWait = inputsSinceTick < BACKLOG ? BUSY_TICKS : BACKLOG_TICKS;
        inputsSinceTick = 0;
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
        if (!workSinceCommit || (busy && ticksSinceCommit < ticksToWait)) {
            return false;
        }
        workSinceCommit = false;
        ticksSinceCommit = 0;
        return true;
    }
}
