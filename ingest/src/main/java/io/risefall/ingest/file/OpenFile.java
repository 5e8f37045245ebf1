package io.risefall.ingest.file;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file's bytes in order: plain, unpacked where they are gzip (told by the first two bytes), or from a pipe. The open
 * descriptor is kept over renames and deletion. Offsets are of unpacked bytes. One thread.
 */
final class OpenFile implements Closeable {
    /** Enough to see who writes to the file. */
    static final int HEAD = 256 * 1024;

    private static final int BUFFER = 64 * 1024;

    private final RawBytes raw;
    private final @Nullable FileChannel plain;
    private final InputStream in;
    private final byte @Nullable [] head;
    private final boolean packed;
    private final @Nullable String key;
    private final Instant modified;

    private OpenFile(
            RawBytes raw,
            @Nullable FileChannel plain,
            InputStream in,
            byte @Nullable [] head,
            boolean packed,
            @Nullable String key,
            Instant modified) {
        this.raw = raw;
        this.plain = plain;
        this.in = in;
        this.head = head;
        this.packed = packed;
        this.key = key;
        this.modified = modified;
    }

    static OpenFile open(Path path) throws IOException {
        // The path can be renamed between looking and opening; the same key before and after says that it was not.
        while (true) {
            BasicFileAttributes before = Files.readAttributes(path, BasicFileAttributes.class);
            FileInputStream file = new FileInputStream(path.toFile());
            try {
                String key = key(before);
                String now = keyOf(path);
                if (now == null || now.equals(key)) {
                    return open(file, key, before.lastModifiedTime().toInstant());
                }
                file.close();
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        }
    }

    private static OpenFile open(FileInputStream file, String key, Instant modified) throws IOException {
        FileChannel channel = file.getChannel();
        byte[] first = new byte[2];
        boolean packed = channel.read(ByteBuffer.wrap(first), 0) == 2 && isGzip(first);
        RawBytes raw = new RawBytes(file);
        return packed
                ? streaming(raw, new GZIPInputStream(raw, BUFFER), true, key, modified)
                : new OpenFile(raw, channel, raw, null, false, key, modified);
    }

    /** A pipe, which can be gzip too. It is not closed with this. */
    static OpenFile pipe(InputStream pipe, Instant now) throws IOException {
        RawBytes raw = new RawBytes(new FilterInputStream(pipe) {
            @Override
            public void close() {}
        });
        byte[] first = raw.readNBytes(2);
        RawBytes whole = new RawBytes(new SequenceInputStream(new ByteArrayInputStream(first), raw));
        return isGzip(first)
                ? streaming(whole, new GZIPInputStream(whole, BUFFER), true, null, now)
                : streaming(whole, whole, false, null, now);
    }

    private static OpenFile streaming(
            RawBytes raw, InputStream in, boolean packed, @Nullable String key, Instant modified) {
        byte[] head = readHead(in);
        InputStream again = new SequenceInputStream(new ByteArrayInputStream(head), in);
        return new OpenFile(raw, null, again, head, packed, key, modified);
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

    private static boolean isGzip(byte[] first) {
        return first.length == 2 && (first[0] & 0xff) == 0x1f && (first[1] & 0xff) == 0x8b;
    }

    /** The file system's name of the file at {@code path}; null where there is none. */
    static @Nullable String keyOf(Path path) throws IOException {
        try {
            return key(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static String key(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return key == null ? "created=" + attributes.creationTime().toMillis() : key.toString();
    }

    InputStream stream() {
        return in;
    }

    /** Whether it was unpacked. */
    boolean packed() {
        return packed;
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

    /** Makes {@code offset} the next byte to read; false if the file ends before it. Only forward in a stream. */
    boolean skipTo(long offset) throws IOException {
        if (plain != null) {
            plain.position(offset);
            return plain.size() >= offset;
        }
        try {
            in.skipNBytes(offset);
            return true;
        } catch (EOFException e) {
            return false;
        }
    }

    /** By what to know this file again when it has been read up to {@code offset}. */
    FileMark mark(long base, String as, long offset) throws IOException {
        byte[] first = head((int) Math.min(FileMark.LENGTH, offset));
        return FileMark.of(base, as, key, first, plain == null ? null : before(offset));
    }

    /** Whether this is the file of {@code mark} with at least {@code offset} bytes. Moves the place read in a stream. */
    boolean isFileOf(FileMark mark, long offset) throws IOException {
        if (!mark.startsLike(head(mark.headLength()))) {
            return false;
        }
        if (plain == null) {
            return skipTo(offset);
        }
        return plain.size() >= offset && mark.endsLike(before(offset, mark.tailLength()));
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
    boolean stillEndsLike(FileMark mark, long offset) throws IOException {
        return plain == null || mark.endsLike(before(offset, mark.tailLength()));
    }

    private byte[] before(long offset) throws IOException {
        return before(offset, (int) Math.min(FileMark.LENGTH, offset));
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
