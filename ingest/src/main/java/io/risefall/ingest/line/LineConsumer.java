package io.risefall.ingest.line;

import io.risefall.ingest.line.skip.SkippedLines;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes the lines of one source, in order. */
@FunctionalInterface
public interface LineConsumer {
    /**
     * One line without its end. The bytes are only lent: they change after the call.
     *
     * @param reader reads this line
     * @param buffer holds the line from {@code from} to {@code to}
     * @param position where in the source the line begins
     * @param receivedAt when it was received; for a file when it was read
     * @param sender the peer's address for network input; else null
     * @param cut whether the line goes on beyond the bytes kept of it
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
     * No line comes any more. Who keeps no tally need not know.
     *
     * @param reader has read them
     */
    default void ended(LineReader reader) {}

    /**
     * Lines that stand here and say nothing of health. Who keeps no tally need not know.
     *
     * @param reader to go on behind them
     */
    default void skipped(LineReader reader, SkippedLines lines) {}

    /**
     * The source, which cannot send again, was not listened to for a while. Who publishes nothing need not know.
     *
     * @param from since when; null where only the last position tells
     * @param to until when
     * @param why what happened, in words
     */
    default void absent(@Nullable Instant from, Instant to, String why) {}
}
