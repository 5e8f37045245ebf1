package io.risefall.ingest.line.skip;

import io.risefall.ingest.line.header.Envelope;
import io.risefall.ingest.line.timestamp.EpochTimestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines in a row that were not read because they say nothing of health: how many they were, whose, and of what time.
 *
 * @param unrelated lines of other programs
 * @param traffic lines of HAProxy, by node
 * @param lastMicros the time of the last line that names it with its zone, in microseconds since 1970; {@link #NEVER}
 *     if there is none
 * @param endsAtTimestampOf the node of the last line of HAProxy's, if that has the time that a line before it had, see
 *     {@link #AT_TIMESTAMP}; else null
 */
public record SkippedLines(
        long unrelated,
        List<OfNode> traffic,
        long lastMicros,
        @Nullable String endsAtTimestampOf) {
    public static final long NEVER = Long.MIN_VALUE;

    /**
     * The time that the traditional timestamp of the same node that was read last stands for: such a line is skipped only if its
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
     * @param hourMicros where the hour begins in which all of them came; of no meaning with {@link #AT_TIMESTAMP}
     * @param minutes bit n: a line came in minute n of that hour
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
        /** When they came, if the latest of them came at {@code latest}. */
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

    /** Counts lines that were not read. */
    public interface Counter {
        void unrelated(long lines);

        /**
         * @param latest the latest of their times; null where they name a day that does not exist
         */
        void traffic(String node, long lines, @Nullable Instant latest);

        /** That they came. */
        void active(ActivityMinutes lines);

        /** The time of the last of them that has one. */
        void last(Instant at);
    }
}
