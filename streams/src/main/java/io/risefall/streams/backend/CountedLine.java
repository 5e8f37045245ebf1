package io.risefall.streams.backend;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.streams.model.TimestampPrecision;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line as the arithmetic of {@link ServerCountCheck} sees it.
 *
 * @param at its time
 * @param stamp what that was taken from
 * @param ofBackups whether it changes the number of backup servers, and not of active ones
 * @param change how many more servers HAProxy counts after it: -1, 0 or 1
 * @param left what it says is left; null where it does not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CountedLine(
        Instant at,
        TimestampPrecision stamp,
        boolean ofBackups,
        int change,
        @Nullable UsableServers left) {
    /**
     * HAProxy's threads count and print one after the other, and a thread can be held up between the two: then a line has
     * the counts of a moment before or after its place. Seen in runs with two threads under load: up to 1 ms.
     */
    private static final Duration RACE = Duration.ofMillis(100);

    /** Whether the other line, which stands behind this one, can have been counted before it. */
    boolean mayChangePlaces(CountedLine later) {
        return !later.stamp.earliest(later.at).isAfter(stamp.latest(at).plus(RACE));
    }

    /** Whether no line that comes from this moment on can change places with this one. */
    boolean settledBy(Instant now) {
        return TimestampPrecision.RECEIVED
                .earliest(now)
                .isAfter(stamp.latest(at).plus(RACE));
    }
}
