package io.risefall.ingest.line.skip;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The minutes of one hour in which a process logged.
 *
 * @param node the HAProxy host
 * @param pid the process; null if the lines name none
 * @param hour start of the 60 minutes
 * @param minutes bit n is set if a line is of minute n
 * @param traffic whether the lines are not about health
 * @param first the time of the earliest
 * @param last the time of the latest
 */
public record ActivityMinutes(
        String node, @Nullable Long pid, Instant hour, long minutes, boolean traffic, Instant first, Instant last) {
    /** The minute of one line. */
    public static ActivityMinutes of(String node, @Nullable Long pid, boolean traffic, Instant at) {
        Instant hour = at.truncatedTo(ChronoUnit.HOURS);
        return new ActivityMinutes(
                node, pid, hour, 1L << Duration.between(hour, at).toMinutes(), traffic, at, at);
    }
}
