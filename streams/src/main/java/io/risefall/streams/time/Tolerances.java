package io.risefall.streams.time;

import java.time.Duration;

/** How far apart the times of lines may be that belong together, and why. */
public final class Tolerances {
    /**
     * Times of one event in two log paths, 1 s: relays stamp a line when they receive it, so a queue delays it, and the clocks
     * of hosts differ a little. A server that flaps within this time is still told apart, by the order of its lines.
     */
    public static final Duration SKEW = Duration.ofSeconds(1);

    /**
     * Lines further apart than this are never duplicates of each other, 3 s: {@link #SKEW}, and one second on either side for
     * timestamps in whole seconds and for times of receipt ({@code TimestampPrecision}).
     */
    public static final Duration DUPLICATES = SKEW.plusSeconds(2);

    /** The same line twice in one log path, 10 ms: two log targets print it at one time, and a relay stamps one after the other. */
    public static final Duration DOUBLE_PRINT = Duration.ofMillis(10);

    /**
     * Lines about one change, 2 s: HAProxy prints a failed check and the DOWN line in one go. Timestamps of whole seconds can
     * put them one second apart; one more is a margin. Also used for reloads in a row.
     */
    public static final Duration ONE_CHANGE = Duration.ofSeconds(2);

    /** The last lines of an old worker after the first ones of the new, 2 s: the two run side by side for a moment. */
    public static final Duration HANDOVER = Duration.ofSeconds(2);

    /** A DOWN line and {@code has no server available!}, 1 s: HAProxy prints both in one go, and whole seconds can divide them. */
    public static final Duration PROOF = Duration.ofSeconds(1);

    /**
     * HAProxy's threads count and print one after the other, and a thread can be held up between the two: then a line has
     * the counts of a moment before or after its place. 100 ms; seen in runs with two threads under load: up to 1 ms.
     */
    public static final Duration THREAD_RACE = Duration.ofMillis(100);

    private Tolerances() {}
}
