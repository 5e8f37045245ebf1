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
 * Reads a file's bytes in order: plain, decompressed if it is gzip or zstd ({@link Compression}), or from a pipe. The
 * descriptor stays valid when the file is renamed or deleted. Offsets are of decompressed bytes. One thread.
 */
final class OpenFile implements Closeable {
    /** Bytes from which the tags, the zone and the kind of a file are learnt. */
    static final int HEAD = 256 * 1024;

    private final CountingInputStream raw;
    private final @Nullable Path path;
    private final @Nullable FileChannel plain;
    private final InputStream in;
    private final byte @Nullable [] head;
    private final @Nullable Compression compression;
    private final @Nullable String key;
    private final Instant modified;
    private long skipped;

    private OpenFile(
            CountingInputStream raw,
            @Nullable Path path,
            @Nullable FileChannel plain,
            InputStream in,
            byte @Nullable [] head,
            @Nullable Compression compression,
            @Nullable String key,
            Instant modified) {
        this.raw = raw;
        this.path = path;
        this.plain = plain;
        this.in = in;
        this.head = head;
        this.compression = compression;
        this.key = key;
        this.modified = modified;
    }

    /**
     * Opens the file at {@code path}, or a link's target.
     *
     * @throws NoSuchFileException if nothing is there
     * @throws AccessDeniedException if it may not be read
     */
    static OpenFile open(Path path) throws IOException {
        // The file can be renamed between reading its attributes and opening it; an equal key before and after excludes
        // that.
        while (true) {
            FileAttributes before = FileAttributes.of(Files.readAttributes(path, BasicFileAttributes.class));
            FileInputStream file = opened(path);
            try {
                String now = FileAttributes.keyOf(path);
                if (now == null || now.equals(before.key())) {
                    return open(file, path, before.key(), before.modified());
                }
                file.close();
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        }
    }

    /** FileInputStream throws the same exception for a missing file and for one that may not be read. */
    private static FileInputStream opened(Path path) throws IOException {
        try {
            return new FileInputStream(path.toFile());
        } catch (FileNotFoundException e) {
            if (Files.exists(path) && !Files.isReadable(path)) {
                throw new AccessDeniedException(
                        path.toString(),
                        null,
                        "permission denied; run as a user who may read it (group adm on Debian)");
            }
            throw Files.exists(path) ? e : new NoSuchFileException(path.toString());
        }
    }

    private static OpenFile open(FileInputStream file, Path path, String key, Instant modified) throws IOException {
        FileChannel channel = file.getChannel();
        ByteBuffer first = ByteBuffer.allocate(Compression.MAGIC);
        while (first.hasRemaining() && channel.read(first, first.position()) > 0) {}
        Compression compression = Compression.of(Arrays.copyOf(first.array(), first.position()));
        CountingInputStream raw = new CountingInputStream(file);
        return compression == null
                ? new OpenFile(raw, path, channel, raw, null, null, key, modified)
                : streaming(raw, path, compression, key, modified);
    }

    /** Reads a pipe, which can be compressed too. Closing this does not close the pipe. */
    static OpenFile pipe(InputStream pipe, Instant now) throws IOException {
        CountingInputStream raw = new CountingInputStream(new FilterInputStream(pipe) {
            @Override
            public void close() {}
        });
        byte[] first = raw.readNBytes(Compression.MAGIC);
        CountingInputStream whole =
                new CountingInputStream(new SequenceInputStream(new ByteArrayInputStream(first), raw));
        return streaming(whole, null, Compression.of(first), null, now);
    }

    private static OpenFile streaming(
            CountingInputStream raw,
            @Nullable Path path,
            @Nullable Compression compression,
            @Nullable String key,
            Instant modified)
            throws IOException {
        InputStream in =
                compression == null ? raw : compression.decompress(raw, path == null ? "FILE" : path.toString());
        byte[] head = readHead(in);
        InputStream again = new SequenceInputStream(new ByteArrayInputStream(head), in);
        return new OpenFile(raw, path, null, again, head, compression, key, modified);
    }

    /** Reads what a damaged stream gives before the damage; reading on meets the damage again. */
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

    InputStream stream() {
        return in;
    }

    /** How it is compressed; null for a plain file. */
    @Nullable Compression compression() {
        return compression;
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

    /** Bytes read from the disk or the pipe so far, still compressed. */
    long rawRead() {
        return raw.count();
    }

    /** The size of a plain file now; -1 if it cannot be known. */
    long size() throws IOException {
        return plain == null ? -1 : plain.size();
    }

    /** The first bytes, at most {@code atMost}; the read position stays. */
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
            if (e instanceof EOFException || (compression != null && compression.damage(e) != null)) {
                return false;
            }
            throw e;
        }
    }

    /** Its fingerprint when it has been read up to {@code offset}. */
    FileFingerprint fingerprint(long base, String as, long offset) throws IOException {
        byte[] first = head((int) Math.min(FileFingerprint.LENGTH, offset));
        return FileFingerprint.of(base, as, key, first, plain == null ? null : before(offset));
    }

    /**
     * Whether this is the file of {@code fingerprint} with at least {@code offset} bytes. The place read stays: a compressed file
     * is opened once more for it, and of a pipe only what has come is looked at.
     */
    boolean isFileOf(FileFingerprint fingerprint, long offset) throws IOException {
        if (!fingerprint.startsLike(head(fingerprint.headLength()))) {
            return false;
        }
        if (plain != null) {
            return plain.size() >= offset && fingerprint.endsLike(before(offset, fingerprint.tailLength()));
        }
        if (path != null) {
            try (OpenFile again = OpenFile.open(path)) {
                long tailFrom = offset - fingerprint.tailLength();
                return again.skipTo(tailFrom)
                        && fingerprint.endsLike(again.stream().readNBytes(fingerprint.tailLength()));
            }
        }
        byte[] come = Objects.requireNonNull(head);
        return offset <= come.length
                ? fingerprint.endsLike(Arrays.copyOfRange(come, (int) offset - fingerprint.tailLength(), (int) offset))
                : fingerprint.headLength() == FileFingerprint.LENGTH;
    }

    /** Whether nothing but the newline of a line follows {@code offset} of a plain file. */
    boolean isAtLineEnd(long offset) throws IOException {
        if (plain == null || offset == 0) {
            return false;
        }
        byte[] around = at(offset - 1, 2);
        return around.length == 2 && around[0] != '\n' && around[1] == '\n';
    }

    /** Whether the bytes before {@code offset} of a plain file are still the same. */
    boolean stillEndsLike(FileFingerprint fingerprint, long offset) throws IOException {
        return plain == null || fingerprint.endsLike(before(offset, fingerprint.tailLength()));
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
}
