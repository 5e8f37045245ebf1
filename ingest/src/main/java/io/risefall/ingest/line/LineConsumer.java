package io.risefall.ingest.line;

import io.risefall.ingest.line.skip.SkippedLines;
import io.risefall.ingest.network.journal.ObservationRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Receives the lines of one source, in order. */
@FunctionalInterface
public interface LineConsumer {
    /**
     * One line without its newline. The bytes are valid only during the call.
     *
     * @param reader reads this line
     * @param buffer holds the line from {@code from} to {@code to}
     * @param position where in the source the line begins
     * @param receivedAt when it was received; for a file when it was read
     * @param sender the peer's address for network input; else null
     * @param cut whether the line is longer than the bytes kept of it
     */
    void line(
            LineReader reader,
            byte[] buffer,
            int from,
            int to,
            long position,
            Instant receivedAt,
            @Nullable String sender,
            boolean cut);

    /**
     * The source has ended. Consumers without a tally can ignore this.
     *
     * @param reader the reader that read the lines
     */
    default void ended(LineReader reader) {}

    /**
     * Lines at this place that are not about health. Consumers without a tally can ignore them.
     *
     * @param reader continues after them
     */
    default void skipped(LineReader reader, SkippedLines lines) {}

    /**
     * Nothing listened to this source, which cannot resend, for a while. Consumers that publish nothing can ignore this.
     *
     * @param from start; null if only the last position tells
     * @param to end
     * @param why what happened, in words
     */
    default void absent(@Nullable Instant from, Instant to, String why) {}

    /**
     * What HAProxy told of a server when it was asked. Consumers of lines can ignore this.
     *
     * @param node the node that is configured for the source; null: none is
     * @param position where in the source it stands
     * @param receivedAt when it was told
     */
    default void observed(ObservationRecord told, @Nullable String node, long position, Instant receivedAt) {}
}
