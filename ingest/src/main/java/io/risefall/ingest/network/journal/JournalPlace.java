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
 * Where a {@link Journal} lies among the positions of its source. Kafka knows how far a source was read, and a journal is
 * appended to before Kafka can be asked: a journal that was lost and begins anew must not begin at positions that were
 * read already. Two small files beside the segments; both survive a crash at any moment. One thread at a time.
 */
final class JournalPlace {
    private static final Logger LOG = LoggerFactory.getLogger(JournalPlace.class);

    private final Path shift;
    private final Path unplaced;

    JournalPlace(Path directory) {
        shift = directory.resolve("shift");
        unplaced = directory.resolve("unplaced");
    }

    /** What positions are more than the names of segments say; 0 unless a journal before this one was lost. */
    long shift() throws IOException {
        return read(shift, 0);
    }

    /** From now on; to be followed by {@link #known}. */
    void shift(long bytes) throws IOException {
        write(shift, bytes);
    }

    /**
     * Remembers that from {@code end} on nobody knows yet how far it was read, unless that is remembered of an earlier
     * place. Where the disk is full that cannot be kept, which matters only if the journal was lost as well.
     *
     * @param end in bytes of segments' names, as the answer
     */
    long unplaced(long end) throws IOException {
        long before = read(unplaced, -1);
        if (before >= 0 && before <= end) {
            return before;
        }
        try {
            write(unplaced, end);
        } catch (IOException e) {
            LOG.warn("cannot write {}: {}; going on without", unplaced, e.toString());
        }
        return end;
    }

    /** It is known how far it was read. Needs no room on the disk. */
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
