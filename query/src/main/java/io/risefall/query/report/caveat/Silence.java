package io.risefall.query.report.caveat;

import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a node printed nothing, for longer than is its habit.
 *
 * @param node the HAProxy host
 * @param from the end of its last minute with a line
 * @param to the next minute with one; null while it lasts
 * @param durationMs how long; of one that lasts so far
 * @param habitMs of its usual pauses, one in a hundred is longer
 */
public record Silence(String node, Instant from, @Nullable Instant to, long durationMs, long habitMs) {
    String words(LocalTimes times) {
        return node + " printed nothing, not even traffic, "
                + (to == null ? "since " + times.at(from) : "from " + times.at(from) + " to " + times.at(to)) + " ("
                + Durations.words(durationMs) + "; usual are pauses up to " + Durations.words(habitMs)
                + "): HAProxy, its host or the way of its log was away. Its servers that were up are unknown meanwhile.";
    }
}
