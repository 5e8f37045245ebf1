package io.risefall.ingest.network.journal;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a journal between the messages where its source was not listened to: there it is read, in order, and
 * published together with the position behind it, so once.
 *
 * @param from since when; null where the disk does not tell
 * @param to until when
 * @param why what happened, in words
 */
public record AbsenceRecord(@Nullable Instant from, Instant to, String why) {
    /** The sender of such a note. */
    public static final String SENDER = Journal.NOTE + "absent";

    private static final String UNKNOWN = "-";

    /** The note in a journal; null where it is another one, as of a newer version. */
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
