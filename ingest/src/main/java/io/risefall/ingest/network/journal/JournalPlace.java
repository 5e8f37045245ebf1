package io.risefall.ingest.network.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places a {@link Journal} among the positions of its source. Kafka knows how far a source was read, and a journal is
 * appended to before Kafka can be asked, so a journal that was lost and starts anew must not start at positions that
 * were read already. Two small files beside the segments; both survive a crash at any moment. One thread at a time.
 */
final class JournalPlace {
    private static final Logger LOG = LoggerFactory.getLogger(JournalPlace.class);

    private final Path shift;
    private final Path unplaced;

    JournalPlace(Path directory) {
        shift = directory.resolve("shift");
        unplaced = directory.resolve("unplaced");
    }

    /** What to add to the names of segments to get positions; 0 unless an earlier journal was lost. */
    long shift() throws IOException {
        return read(shift, 0);
    }

    /** Sets it; {@link #known} must follow. */
    void shift(long bytes) throws IOException {
        write(shift, bytes);
    }

    /**
     * Records that the read position of bytes from {@code end} on is unknown, unless that is recorded for an earlier
     * place. On a full disk this cannot be kept, which matters only if the journal was lost as well.
     *
     * @param end in bytes of segment names, like the result
     */
    long unplaced(long end) throws IOException {
        long before = read(unplaced, -1);
        if (before >= 0 && before <= end) {
            return before;
        }
        try {
            write(unplaced, end);
        } catch (IOException e) {
            LOG.warn("cannot write {}: {}; continuing without it", unplaced, e.toString());
        }
        return end;
    }

    /** The read position is known. Needs no room on the disk. */
    void known() throws IOException {
        Files.deleteIfExists(unplaced);
    }

    private static long read(Path file, long otherwise) throws IOException {
        if (!Files.exists(file)) {
            return otherwise;
        }
        try {
            return Long.parseLong(
                    Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (NumberFormatException e) {
            throw new IOException(file + " is damaged: it must be one number", e);
        }
    }

    private static void write(Path file, long number) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap((number + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
