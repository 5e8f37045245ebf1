package io.risefall.streams.backend;

/**
 * The numbers of servers that are possible after all lines up to now.
 *
 * @param low the least
 * @param high the most
 */
record CountRange(int low, int high) {

    /** After a change. */
    CountRange plus(int change) {
        return new CountRange(low + change, high + change);
    }

    /** How far another one is above (positive) or below this one; 0 where they have a number in common. */
    int gapTo(CountRange other) {
        if (other.low > high) {
            return other.low - high;
        }
        return Math.min(0, other.high - low);
    }

    /** What is possible by both, which must have a number in common. */
    CountRange and(CountRange other) {
        return new CountRange(Math.max(low, other.low), Math.min(high, other.high));
    }

    boolean has(int number) {
        return low <= number && number <= high;
    }

    /** The number of this range that is nearest to another one. */
    int nearest(int number) {
        return Math.max(low, Math.min(high, number));
    }
}
