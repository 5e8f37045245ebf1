package io.risefall.ingest;

import io.risefall.ingest.file.ImportFile;
import io.risefall.ingest.tally.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the user should know about an imported file, one sentence each. */
final class ImportNotes {
    /** No line is later than the last change of its file, except for clocks that are slightly wrong. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private ImportNotes() {}

    /** Adds the notes on what was read; {@code lines} are those of this import. */
    static void add(ImportFile input, long lines, Tally tally) {
        long unstamped = input.unstampedLines();
        if (unstamped > 0) {
            input.notes()
                    .add(unstamped
                            + " of its health lines have no timestamp, and no line near them repeats them with one: they "
                            + "are rejected, because their time is unknown; import a log with timestamps, such"
                            + " as docker logs --timestamps or journalctl -o "
                            + "short-iso-precise");
        }
        tally.refusedZones()
                .forEach((why, count) -> input.notes()
                        .add(count + " of its health lines " + (count == 1 ? "is" : "are") + " rejected: " + why));
        Instant last = tally.lastLineAt();
        if (lines > 0 && last != null && last.isAfter(input.modified().plus(AHEAD))) {
            input.notes()
                    .add("its last line is from " + last.truncatedTo(ChronoUnit.SECONDS)
                            + ", but the file was last changed at "
                            + input.modified().truncatedTo(ChronoUnit.SECONDS)
                            + ": either its zone or its host's clock is wrong, and so are all its times, or the file's time was "
                            + "set; to correct a zone, import into another data directory with --zone");
        }
        if (lines == 0 && input.notes().isEmpty()) {
            input.notes().add(input.skippedBytes() > 0 ? "nothing new since it was read before" : "it is empty");
        }
    }
}
