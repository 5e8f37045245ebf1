package io.risefall.streams.backend;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.streams.model.TimestampPrecision;
import io.risefall.streams.time.Tolerances;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line as {@link ServerCountCheck} sees it.
 *
 * @param at its time
 * @param stamp what the time was taken from
 * @param ofBackups whether it changes the number of backup servers, and not of active ones
 * @param change how many more servers HAProxy counts after it: -1, 0 or 1
 * @param left its counts; null if it has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CountedLine(
        Instant at,
        TimestampPrecision stamp,
        boolean ofBackups,
        int change,
        @Nullable UsableServers left) {
    /** Lines that are further apart cannot change places, whatever their times were taken from. */
    private static final long APART_SECONDS = 5;

    /** Whether HAProxy can have counted the later line before this one. */
    boolean mayChangePlaces(CountedLine later) {
        return later.at.getEpochSecond() - at.getEpochSecond() < APART_SECONDS
                && !later.stamp.earliest(later.at).isAfter(stamp.latest(at).plus(Tolerances.THREAD_RACE));
    }

    /** Whether no line from this moment on can change places with this one. */
    boolean settledBy(Instant now) {
        return TimestampPrecision.RECEIVED
                .earliest(now)
                .isAfter(stamp.latest(at).plus(Tolerances.THREAD_RACE));
    }
}
