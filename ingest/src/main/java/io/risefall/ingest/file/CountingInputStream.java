package io.risefall.ingest.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts the bytes that are read. {@link #available} is always 1, because {@link java.util.zip.GZIPInputStream} would
 * otherwise stop at the end of the first member.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // only the reading thread writes
final class CountingInputStream extends FilterInputStream {
    /** One thread reads and counts, another one may ask. */
    private volatile long count;

    CountingInputStream(InputStream in) {
        super(in);
    }

    /** Bytes read so far. */
    long count() {
        return count;
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
