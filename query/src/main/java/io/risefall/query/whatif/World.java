package io.risefall.query.whatif;

import org.jspecify.annotations.Nullable;

/**
 * One way in which it may have gone with other values. Where lines leave several open, there are several worlds.
 *
 * @param state of the server
 * @param lives while up: checks that may still fail
 * @param passed while down or not known: checks that have passed in a row
 * @param failed while not known: checks that have failed in a row
 * @param blurred whether the state was not known at some time of this episode
 * @param heldDown whether it was down as the episode began
 * @param downAt when it went down in this episode for the first time; null: it did not
 * @param upAt when it came up for the last time; null: it did not
 */
record World(
        State state,
        int lives,
        int passed,
        int failed,
        boolean blurred,
        boolean heldDown,
        @Nullable TimeRange downAt,
        @Nullable TimeRange upAt) {
    enum State {
        UP,
        DOWN,
        UNKNOWN
    }

    static World up(int lives) {
        return new World(State.UP, lives, 0, 0, false, false, null, null);
    }

    static World unknown() {
        return new World(State.UNKNOWN, 0, 0, 0, true, false, null, null);
    }

    /** An episode begins. */
    World begin() {
        return new World(state, lives, passed, failed, state == State.UNKNOWN, state == State.DOWN, null, null);
    }

    boolean wentDown() {
        return heldDown || downAt != null;
    }

    boolean isDown() {
        return state == State.DOWN;
    }

    boolean isUp() {
        return state == State.UP;
    }

    /** Checks that have to pass until it is up for certain. */
    int toRise(int rise) {
        return isUp() ? 0 : rise - passed;
    }

    /** Checks that have to fail until it is down for certain. */
    int toFall(int fall) {
        return isUp() ? lives : isDown() ? 0 : fall - failed;
    }

    World pass(int fall, int rise, TimeRange when) {
        return isUp() ? withLives(fall) : passed + 1 >= rise ? rises(fall, when) : passedMore();
    }

    World fail(int fall, TimeRange when) {
        if (isUp()) {
            return lives <= 1 ? falls(when) : withLives(lives - 1);
        }
        if (isDown()) {
            return new World(State.DOWN, 0, 0, 0, blurred, heldDown, downAt, upAt);
        }
        return failed + 1 >= fall
                ? new World(State.DOWN, 0, 0, 0, true, heldDown, downAt, upAt)
                : new World(state, 0, 0, failed + 1, blurred, heldDown, downAt, upAt);
    }

    World withLives(int left) {
        return new World(State.UP, left, 0, 0, blurred, heldDown, downAt, upAt);
    }

    World rises(int fall, TimeRange when) {
        return new World(State.UP, fall, 0, 0, blurred, heldDown, downAt, state == State.DOWN ? when : upAt);
    }

    World falls(TimeRange when) {
        return new World(State.DOWN, 0, 0, 0, blurred, heldDown, downAt == null && isUp() ? when : downAt, upAt);
    }

    private World passedMore() {
        return new World(state, 0, passed + 1, 0, blurred, heldDown, downAt, upAt);
    }

    /** Whether both go on alike. */
    boolean isLike(World other) {
        return state == other.state
                && lives == other.lives
                && passed == other.passed
                && failed == other.failed
                && wentDown() == other.wentDown()
                && heldDown == other.heldDown;
    }

    /** Both as one, whose moments are less certain. */
    World or(World other) {
        return new World(
                state,
                lives,
                passed,
                failed,
                blurred || other.blurred,
                heldDown,
                either(downAt, other.downAt),
                either(upAt, other.upAt));
    }

    private static @Nullable TimeRange either(@Nullable TimeRange one, @Nullable TimeRange other) {
        return one == null ? other : other == null ? one : one.or(other);
    }
}
