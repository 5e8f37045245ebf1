package io.risefall.ingest.line.skip;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * That lines of one process came within an hour.
 *
 * @param node the HAProxy host
 * @param pid the process; null where the lines have none
 * @param hour where the 60 minutes begin
 * @param minutes bit n: one came in minute n
 * @param traffic whether they say nothing of health
 * @param first the time of the earliest
 * @param last the time of the latest
 */
public record ActivityMinutes(
        String node, @Nullable Long pid, Instant hour, long minutes, boolean traffic, Instant first, Instant last) {
    /** That of one line. */
    public static ActivityMinutes of(String node, @Nullable Long pid, boolean traffic, Instant at) {
        Instant hour = at.truncatedTo(ChronoUnit.HOURS);
        return new ActivityMinutes(
                node, pid, hour, 1L << Duration.between(hour, at).toMinutes(), traffic, at, at);
    }
}
