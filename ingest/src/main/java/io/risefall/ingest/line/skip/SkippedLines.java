package io.risefall.ingest.line.skip;

import io.risefall.ingest.line.header.Envelope;
import io.risefall.ingest.line.timestamp.EpochTimestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive lines that were skipped because they are not about health: how many, of which nodes, and of what time.
 *
 * @param unrelated lines of other programs
 * @param traffic lines of HAProxy, by node
 * @param lastMicros the time of the last line that names it with its zone, in microseconds since 1970; {@link #NEVER}
 *     if there is none
 * @param endsAtTimestampOf the node of HAProxy's last line, if that line has the time of a line before it, see
 *     {@link #AT_TIMESTAMP}; else null
 */
public record SkippedLines(
        long unrelated,
        List<OfNode> traffic,
        long lastMicros,
        @Nullable String endsAtTimestampOf) {
    public static final long NEVER = Long.MIN_VALUE;

    /**
     * Stands for the time of the traditional timestamp read last from the same node: a line is skipped only if its
     * timestamp is the same.
     */
    public static final long AT_TIMESTAMP = Long.MIN_VALUE + 1;

    /**
     * Lines of one node.
     *
     * @param latestMicros the latest of their times, or {@link #AT_TIMESTAMP}
     * @param pid as in {@link Envelope}
     * @param priority as in {@link Envelope}
     * @param offsetSeconds as in {@link Envelope}
     * @param earliestMicros the earliest of their times, or {@link #AT_TIMESTAMP}
     * @param hourMicros start of the hour of all of them; undefined with {@link #AT_TIMESTAMP}
     * @param minutes bit n is set if a line is of minute n of that hour
     */
    public record OfNode(
            String node,
            long pid,
            int priority,
            long lines,
            long latestMicros,
            int offsetSeconds,
            long earliestMicros,
            long hourMicros,
            long minutes) {
        /** Their minutes, if the latest of them is of {@code latest}. */
        public ActivityMinutes activity(Instant latest) {
            Long process = pid < 0 ? null : pid;
            if (latestMicros == AT_TIMESTAMP) {
                return ActivityMinutes.of(node, process, true, latest);
            }
            return new ActivityMinutes(
                    node,
                    process,
                    EpochTimestamp.ofMicros(hourMicros),
                    minutes,
                    true,
                    EpochTimestamp.ofMicros(earliestMicros),
                    latest);
        }
    }

    /** Counts skipped lines. */
    public interface Counter {
        void unrelated(long lines);

        /**
         * @param latest the latest of their times; null if they name a day that does not exist
         */
        void traffic(String node, long lines, @Nullable Instant latest);

        /** The minutes in which they were logged. */
        void active(ActivityMinutes lines);

        /** The time of the last line that has one. */
        void last(Instant at);
    }
}
