package io.risefall.ingest.network.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The segment files of a journal by the positions of their first bytes. A file's name is its position less what the journal
 * was moved up by. Not thread-safe.
 */
final class JournalSegments {
    private static final String SUFFIX = ".journal";
    /** The names that {@link #start} gives. */
    private static final Pattern SEGMENT = Pattern.compile("0\\d{19}\\.journal");

    private final Path directory;
    private final TreeMap<Long, Path> segments = new TreeMap<>();
    /** What to add to the name of a segment to get its position. */
    private long shift;

    JournalSegments(Path directory) {
        this.directory = directory;
    }

    /** Finds those that are there. */
    void find(long shift) throws IOException {
        this.shift = shift;
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> SEGMENT.matcher(file.getFileName().toString()).matches())
                    .forEach(file -> segments.put(base(file) + shift, file));
        }
    }

    private static long base(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** A new one that begins at {@code position}; durable. */
    FileChannel start(long position) throws IOException {
        Path path = directory.resolve("%020d%s".formatted(position - shift, SUFFIX));
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            forceName();
        } catch (IOException e) {
            channel.close();
            Files.delete(path);
            throw e;
        }
        segments.put(position, path);
        return channel;
    }

    /** A new file is durable only with its name in the directory. */
    private void forceName() throws IOException {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        } catch (AccessDeniedException e) {
            // Windows cannot open directories, and needs no such thing.
        }
    }

    /** Deletes those that lie wholly before {@code position}. */
    void release(long position) throws IOException {
        while (segments.size() > 1 && segments.higherKey(segments.firstKey()) <= position) {
            Files.deleteIfExists(segments.pollFirstEntry().getValue());
        }
    }

    /** Everything lies further on; the files keep their names. */
    void moveUp(long bytes) {
        Map<Long, Path> before = new TreeMap<>(segments);
        shift += bytes;
        segments.clear();
        before.forEach((position, file) -> segments.put(position + bytes, file));
    }

    long shift() {
        return shift;
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    long firstPosition() {
        return segments.firstKey();
    }

    long lastPosition() {
        return segments.lastKey();
    }

    Path last() {
        return segments.lastEntry().getValue();
    }

    /** The one in which {@code position} lies; the first one if it lies before all. */
    Map.Entry<Long, Path> of(long position) {
        Map.Entry<Long, Path> entry = segments.floorEntry(position);
        return entry == null ? segments.firstEntry() : entry;
    }

    /** The one after the one in which {@code position} lies; null if that is the newest. */
    Map.@Nullable Entry<Long, Path> after(long position) {
        return segments.higherEntry(position);
    }

    /** A copy of those from the one on in which {@code position} lies. */
    Map<Long, Path> from(long position) {
        return new TreeMap<>(segments.tailMap(of(position).getKey(), true));
    }
}
