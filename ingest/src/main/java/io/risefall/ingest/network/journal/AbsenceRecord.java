package io.risefall.ingest.network.journal;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A note in a journal, between the messages, that nothing listened to its source for a while. It is read in order and
 * published in the same transaction as the position after it, so exactly once.
 *
 * @param from start; null if the disk does not tell
 * @param to end
 * @param why what happened, for users
 */
public record AbsenceRecord(@Nullable Instant from, Instant to, String why) {
    /** The sender of such a note. */
    public static final String SENDER = JournalRecord.NOTE + "absent";

    private static final String UNKNOWN = "-";

    /** Parses a note; null if it is of another kind, as from a newer version. */
    public static @Nullable AbsenceRecord of(String sender, String text) {
        String[] parts = text.split(" ", 3);
        if (!sender.equals(SENDER) || parts.length < 3) {
            return null;
        }
        try {
            Instant from = parts[0].equals(UNKNOWN) ? null : Instant.parse(parts[0]);
            return new AbsenceRecord(from, Instant.parse(parts[1]), parts[2]);
        } catch (DateTimeException e) {
            return null;
        }
    }

    public String text() {
        return (from == null ? UNKNOWN : from) + " " + to + " " + why;
    }
}
