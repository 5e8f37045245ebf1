package io.risefall.ingest.file;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file's bytes in order: plain, unpacked where they are gzip or zstd ({@link Compression}), or from a pipe. The open
 * descriptor is kept over renames and deletion. Offsets are of unpacked bytes. One thread.
 */
final class OpenFile implements Closeable {
    /** Enough to see who writes to the file. */
    static final int HEAD = 256 * 1024;

    private final RawBytes raw;
    private final @Nullable Path path;
    private final @Nullable FileChannel plain;
    private final InputStream in;
    private final byte @Nullable [] head;
    private final @Nullable Compression packing;
    private final @Nullable String key;
    private final Instant modified;
    private long skipped;

    private OpenFile(
            RawBytes raw,
            @Nullable Path path,
            @Nullable FileChannel plain,
            InputStream in,
            byte @Nullable [] head,
            @Nullable Compression packing,
            @Nullable String key,
            Instant modified) {
        this.raw = raw;
        this.path = path;
        this.plain = plain;
        this.in = in;
        this.head = head;
        this.packing = packing;
        this.key = key;
        this.modified = modified;
    }

    /**
     * Opens the file at {@code path}, a link's target.
     *
     * @throws NoSuchFileException if there is none
     * @throws AccessDeniedException if it may not be read
     */
    static OpenFile open(Path path) throws IOException {
        // The path can be renamed between looking and opening; the same key before and after says that it was not.
        while (true) {
            BasicFileAttributes before = Files.readAttributes(path, BasicFileAttributes.class);
            FileInputStream file = opened(path);
            try {
                String key = key(before);
                String now = keyOf(path);
                if (now == null || now.equals(key)) {
                    return open(file, path, key, before.lastModifiedTime().toInstant());
                }
                file.close();
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        }
    }

    /** FileInputStream has one exception for a file that is not there and one that may not be read. */
    private static FileInputStream opened(Path path) throws IOException {
        try {
            return new FileInputStream(path.toFile());
        } catch (FileNotFoundException e) {
            if (Files.exists(path) && !Files.isReadable(path)) {
                throw new AccessDeniedException(
                        path.toString(), null, "permission denied; run it as a user who may (group adm on Debian)");
            }
            throw Files.exists(path) ? e : new NoSuchFileException(path.toString());
        }
    }

    private static OpenFile open(FileInputStream file, Path path, String key, Instant modified) throws IOException {
        FileChannel channel = file.getChannel();
        ByteBuffer first = ByteBuffer.allocate(Compression.MAGIC);
        while (first.hasRemaining() && channel.read(first, first.position()) > 0) {}
        Compression packing = Compression.of(Arrays.copyOf(first.array(), first.position()));
        RawBytes raw = new RawBytes(file);
        return packing == null
                ? new OpenFile(raw, path, channel, raw, null, null, key, modified)
                : streaming(raw, path, packing, key, modified);
    }

    /** A pipe, which can be packed too. It is not closed with this. */
    static OpenFile pipe(InputStream pipe, Instant now) throws IOException {
        RawBytes raw = new RawBytes(new FilterInputStream(pipe) {
            @Override
            public void close() {}
        });
        byte[] first = raw.readNBytes(Compression.MAGIC);
        RawBytes whole = new RawBytes(new SequenceInputStream(new ByteArrayInputStream(first), raw));
        return streaming(whole, null, Compression.of(first), null, now);
    }

    private static OpenFile streaming(
            RawBytes raw, @Nullable Path path, @Nullable Compression packing, @Nullable String key, Instant modified)
            throws IOException {
        InputStream in = packing == null ? raw : packing.unpack(raw, path == null ? "FILE" : path.toString());
        byte[] head = readHead(in);
        InputStream again = new SequenceInputStream(new ByteArrayInputStream(head), in);
        return new OpenFile(raw, path, null, again, head, packing, key, modified);
    }

    /** What a damaged stream gives before the damage; reading on meets it again. */
    private static byte[] readHead(InputStream in) {
        byte[] head = new byte[HEAD];
        int length = 0;
        try {
            int count;
            while (length < HEAD && (count = in.read(head, length, HEAD - length)) > 0) {
                length += count;
            }
        } catch (IOException e) {
            return Arrays.copyOf(head, length);
        }
        return Arrays.copyOf(head, length);
    }

    /**
     * What the file system says of a file.
     *
     * @param key its name of it, which stays over renames
     * @param bytes how long it is, packed or not
     * @param modified its last change
     */
    record Seen(String key, long bytes, Instant modified) {}

    /** Looks at the file at {@code path}, a link's target; null where there is none. */
    static @Nullable Seen look(Path path) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return new Seen(key(now), now.size(), now.lastModifiedTime().toInstant());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** The file system's name of the file at {@code path}; null where there is none. */
    static @Nullable String keyOf(Path path) throws IOException {
        Seen seen = look(path);
        return seen == null ? null : seen.key();
    }

    private static String key(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return key == null ? "created=" + attributes.creationTime().toMillis() : key.toString();
    }

    InputStream stream() {
        return in;
    }

    /** How it is packed; null for a plain one. */
    @Nullable Compression packing() {
        return packing;
    }

    /** Where it was opened; null for a pipe. */
    @Nullable Path path() {
        return path;
    }

    @Nullable String key() {
        return key;
    }

    /** Its last change when it was opened. */
    Instant modified() {
        return modified;
    }

    /** Bytes taken from the disk or the pipe so far, still packed. */
    long rawRead() {
        return raw.count;
    }

    /** How long a plain file is now; -1 where that cannot be known. */
    long size() throws IOException {
        return plain == null ? -1 : plain.size();
    }

    /** The first bytes, {@code atMost} of them; the place read stays. */
    byte[] head(int atMost) throws IOException {
        if (head != null) {
            return Arrays.copyOf(head, Math.min(atMost, head.length));
        }
        return at(0, atMost);
    }

    /**
     * Makes {@code offset} the next byte to read; false if the file ends before it. In a stream forward, and before
     * anything was read.
     */
    boolean skipTo(long offset) throws IOException {
        if (plain != null) {
            plain.position(offset);
            return plain.size() >= offset;
        }
        try {
            in.skipNBytes(offset - skipped);
            skipped = offset;
            return true;
        } catch (IOException e) {
            if (e instanceof EOFException || (packing != null && packing.damage(e) != null)) {
                return false;
            }
            throw e;
        }
    }

    /** By what to know this file again when it has been read up to {@code offset}. */
    FileFingerprint mark(long base, String as, long offset) throws IOException {
        byte[] first = head((int) Math.min(FileFingerprint.LENGTH, offset));
        return FileFingerprint.of(base, as, key, first, plain == null ? null : before(offset));
    }

    /**
     * Whether this is the file of {@code mark} with at least {@code offset} bytes. The place read stays: a packed file
     * is opened once more for it, and of a pipe only what has come is looked at.
     */
    boolean isFileOf(FileFingerprint mark, long offset) throws IOException {
        if (!mark.startsLike(head(mark.headLength()))) {
            return false;
        }
        if (plain != null) {
            return plain.size() >= offset && mark.endsLike(before(offset, mark.tailLength()));
        }
        if (path != null) {
            try (OpenFile again = OpenFile.open(path)) {
                long tailFrom = offset - mark.tailLength();
                return again.skipTo(tailFrom) && mark.endsLike(again.stream().readNBytes(mark.tailLength()));
            }
        }
        byte[] come = Objects.requireNonNull(head);
        return offset <= come.length
                ? mark.endsLike(Arrays.copyOfRange(come, (int) offset - mark.tailLength(), (int) offset))
                : mark.headLength() == FileFingerprint.LENGTH;
    }

    /** Whether {@code offset} of a plain file is within a line of which nothing but the line end follows. */
    boolean isAtLineEnd(long offset) throws IOException {
        if (plain == null || offset == 0) {
            return false;
        }
        byte[] around = at(offset - 1, 2);
        return around.length == 2 && around[0] != '\n' && around[1] == '\n';
    }

    /** Whether what stood before {@code offset} of a plain file still does. */
    boolean stillEndsLike(FileFingerprint mark, long offset) throws IOException {
        return plain == null || mark.endsLike(before(offset, mark.tailLength()));
    }

    private byte[] before(long offset) throws IOException {
        return before(offset, (int) Math.min(FileFingerprint.LENGTH, offset));
    }

    private byte[] before(long offset, int length) throws IOException {
        return at(offset - length, length);
    }

    private byte[] at(long offset, int length) throws IOException {
        FileChannel channel = Objects.requireNonNull(plain);
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) > 0) {}
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    @Override
    public void close() throws IOException {
        in.close();
        raw.close();
    }

    /** Counts what is taken, and never says that nothing is available: GZIPInputStream would stop at a member's end. */
    private static final class RawBytes extends FilterInputStream {
        /** One thread reads and counts, another one may ask. */
        private volatile long count;

        RawBytes(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int n = super.read(bytes, from, length);
            count += Math.max(n, 0);
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            long skipped = super.skip(n);
            count += skipped;
            return skipped;
        }

        @Override
        public int available() {
            return 1;
        }
    }
}
