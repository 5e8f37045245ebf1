package io.risefall.ingest.network.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Network input that is not yet published: records in append-only segment files, each named by the position of its
 * first byte. Positions are bytes and only grow. While there is room, a broker that is away costs nothing.
 *
 * <p>Records are as {@link JournalRecord} describes. One torn by a crash is removed at the next start. Notes of Risefall stand
 * between the messages and are not counted.
 *
 * <p>Lost can be: in a crash of the process, what was not flushed (listeners flush after each round, and acknowledge
 * after that); in a power failure, what came since the last {@link #sync}; nothing if each flush is forced to disk.
 * Thread-safe.
 */
public final class Journal implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private static final String ALL = "journal";

    private static final int BUFFER = 256 * 1024;
    private static final long NONE = -1;

    private final Path directory;
    private final JournalPlace place;
    private final long capacity;
    private final long segmentSize;
    private final boolean forceEachFlush;
    private final Runnable onFlush;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final JournalSegments segments;

    private @Nullable JournalLock lock;
    private @Nullable FileChannel channel;
    private long flushed;
    private long announced;
    private boolean unsynced;
    /** From here on the read position is not known yet; {@link #NONE} once it is. */
    private long unplaced = NONE;
    /** Since it was opened. */
    private long appended;

    /**
     * @param limits segments are at most a quarter of the whole, so that there is always one to delete
     * @param onFlush called when there is something new to read; must not block
     */
    public Journal(Path directory, JournalLimits limits, Runnable onFlush) {
        this.directory = directory;
        this.place = new JournalPlace(directory);
        this.segments = new JournalSegments(directory);
        this.capacity = limits.bytes();
        this.segmentSize = Math.max(1, Math.min(limits.segment(), capacity / 4));
        this.forceEachFlush = limits.sync().isZero();
        this.onFlush = onFlush;
    }

    /** The directory of a source's journal below {@code data}. */
    public static Path directory(Path data, String source) {
        return data.resolve(ALL).resolve(source.replaceAll("[^A-Za-z0-9._-]", "_"));
    }

    /** Those of all sources that have one below {@code data}. */
    public static List<Path> directories(Path data) throws IOException {
        Path all = data.resolve(ALL);
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(all)) {
            return found.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** Where it is. */
    public Path directory() {
        return directory;
    }

    public synchronized void open() throws IOException {
        Files.createDirectories(directory);
        lock = JournalLock.of(directory);
        segments.find(place.shift());
        if (segments.isEmpty()) {
            startSegment(segments.shift());
        } else {
            openLast();
        }
        unplaced = place.unplaced(flushed - segments.shift()) + segments.shift();
    }

    private void openLast() throws IOException {
        Path last = segments.last();
        channel = FileChannel.open(last, StandardOpenOption.READ, StandardOpenOption.WRITE);
        long whole = JournalRecord.wholeLength(channel);
        if (whole < channel.size()) {
            LOG.warn("{}: cutting off {} bytes after byte {}: torn by a crash", last, channel.size() - whole, whole);
            channel.truncate(whole);
        }
        channel.position(whole);
        flushed = segments.lastPosition() + whole;
        announced = flushed;
    }

    /** Appends a message; false if there is no room, and nothing is appended. */
    public synchronized boolean append(long receivedAtMillis, String sender, byte[] message, int length)
            throws IOException {
        byte[] from = sender.getBytes(StandardCharsets.ISO_8859_1);
        int body = JournalRecord.FIXED + from.length + length;
        int whole = JournalRecord.HEADER + body;
        if (end() - start() + whole > capacity) {
            return false;
        }
        if (end() > segments.lastPosition() && end() - segments.lastPosition() + whole > segmentSize) {
            flush();
            startSegment(flushed);
        }
        if (buffer.remaining() < whole) {
            flush();
        }
        ByteBuffer into = whole <= buffer.remaining() ? buffer : ByteBuffer.allocate(whole);
        JournalRecord.put(into, receivedAtMillis, from, message, length);
        if (into != buffer) {
            write(into.flip());
        }
        if (!sender.startsWith(JournalRecord.NOTE)) {
            appended++;
        }
        return true;
    }

    /**
     * Where reading begins.
     *
     * @param unread records between there and the end
     * @param appended what {@link #appended} was at that end
     */
    public record Backlog(long unread, long appended) {}

    /** Counts the records from {@code position} on; messages can be appended meanwhile. */
    public Backlog backlog(long position) throws IOException {
        long end;
        long count;
        Map<Long, Path> files;
        synchronized (this) {
            flush();
            end = flushed;
            count = appended;
            files = segments.from(position);
        }
        long unread = 0;
        for (Map.Entry<Long, Path> segment : files.entrySet()) {
            unread += JournalRecord.count(
                    segment.getValue(), Math.max(0, position - segment.getKey()), end - segment.getKey());
        }
        return new Backlog(unread, count);
    }

    /** Records appended since it was opened. */
    public synchronized long appended() {
        return appended;
    }

    /** Makes what was appended readable, and durable if each flush is forced to disk. */
    public synchronized void flush() throws IOException {
        int length = buffer.position();
        if (length > 0) {
            try {
                write(buffer.flip());
                buffer.clear();
            } catch (IOException e) {
                // The bytes are kept for the next attempt.
                buffer.limit(buffer.capacity()).position(length);
                throw e;
            }
        }
        if (announced < flushed) {
            announced = flushed;
            onFlush.run();
        }
    }

    /**
     * Writes everything or nothing: half a record in the middle would end the journal there. What could not be forced
     * is written again too, because the kernel forgets such bytes, and a second attempt to force would succeed without
     * them.
     */
    private void write(ByteBuffer bytes) throws IOException {
        FileChannel file = opened();
        long before = file.position();
        try {
            int length = bytes.remaining();
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            if (forceEachFlush) {
                file.force(false);
            } else {
                unsynced = true;
            }
            flushed += length;
        } catch (IOException e) {
            file.truncate(before);
            file.position(before);
            throw e;
        }
    }

    /** Forces what was flushed to the disk. */
    public void sync() throws IOException {
        FileChannel file;
        synchronized (this) {
            file = channel;
            if (!unsynced || file == null) {
                return;
            }
            unsynced = false;
        }
        try {
            // Outside the lock, so that messages can be appended meanwhile.
            file.force(false);
        } catch (ClosedChannelException e) {
            // Its segment is full and was forced when the next one began.
        } catch (IOException e) {
            synchronized (this) {
                unsynced = true;
            }
            throw e;
        }
    }

    private void startSegment(long base) throws IOException {
        FileChannel old = channel;
        if (old != null) {
            old.force(false);
        }
        channel = segments.start(base);
        flushed = base;
        announced = base;
        if (old != null) {
            old.close();
        }
    }

    /** Deletes the segments that lie wholly before {@code position}. */
    public synchronized void release(long position) throws IOException {
        segments.release(position);
    }

    /**
     * Makes {@code position}, up to which the source was read, a place in this journal. It can be beyond the end if the
     * journal or its end was lost; what the journal still holds was then published before. But what was appended before
     * this call was not: it then begins at {@code position}.
     */
    public synchronized void reach(long position) throws IOException {
        flush();
        if (unplaced != NONE) {
            if (position > unplaced) {
                moveUp(position - unplaced);
            }
            place.known();
            unplaced = NONE;
        } else if (position > flushed) {
            LOG.warn(
                    "{} ends at {}, but was read up to {}: it was lost or deleted; continuing there",
                    directory,
                    flushed,
                    position);
            startSegment(position);
            release(position);
        }
    }

    private void moveUp(long bytes) throws IOException {
        LOG.warn(
                "{} ended at {}, but was read up to {}: it, or its end, was lost or deleted; everything received since is kept",
                directory,
                unplaced,
                unplaced + bytes);
        place.shift(segments.shift() + bytes);
        segments.moveUp(bytes);
        flushed += bytes;
        announced += bytes;
    }

    /** The position of the oldest byte. */
    public synchronized long start() {
        return segments.firstPosition();
    }

    /** The position after the newest readable byte. */
    public synchronized long readable() {
        return flushed;
    }

    private long end() {
        return flushed + buffer.position();
    }

    /** The segment in which {@code position} lies. */
    public synchronized Map.Entry<Long, Path> segmentOf(long position) {
        return segments.of(position);
    }

    /** The segment after the one in which {@code position} lies; null if that is the newest. */
    public synchronized Map.@Nullable Entry<Long, Path> segmentAfter(long position) {
        return segments.after(position);
    }

    private FileChannel opened() {
        if (channel == null) {
            throw new IllegalStateException("journal " + directory + " is not open");
        }
        return channel;
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            if (channel != null) {
                flush();
                channel.force(false);
            }
        } finally {
            letGo();
        }
    }

    private void letGo() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
