package io.risefall.streams.backend;

/**
 * The possible numbers of servers after all lines so far.
 *
 * @param low the least
 * @param high the most
 */
record CountRange(int low, int high) {

    /** After a change. */
    CountRange plus(int change) {
        return new CountRange(low + change, high + change);
    }

    /** How far another range is above (positive) or below this one; 0 if they have a number in common. */
    int gapTo(CountRange other) {
        if (other.low > high) {
            return other.low - high;
        }
        return Math.min(0, other.high - low);
    }

    /** The numbers in both ranges, which must have one in common. */
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
