package io.risefall.ingest.line.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream of bytes into lines, without copying them. A line is delivered when it is whole. Of a line longer
 * than the limit the first bytes are kept and the rest is counted, so memory is bounded. Not thread-safe.
 */
public final class LineSplitter {
    /** Receives one line without its newline. */
    @FunctionalInterface
    public interface Taker {
        void take(byte[] buffer, int from, int to, long position, boolean cut);
    }

    private final int longest;
    private final int most;
    private byte[] buffer;
    private int start;
    private int scanned;
    private int end;
    private long skipped;
    private long position;

    /**
     * @param block bytes read at a time
     * @param longest bytes kept of one line
     */
    public LineSplitter(int block, int longest) {
        this.longest = longest;
        this.most = block + longest;
        this.buffer = new byte[block];
    }

    /** Drops what it holds; the next byte read is the one at {@code position}. */
    public void reset(long position) {
        this.position = position;
        start = 0;
        scanned = 0;
        end = 0;
        skipped = 0;
    }

    /** The position of the first byte not yet delivered as part of a whole line. */
    public long position() {
        return position;
    }

    /** The position of the next byte to be read. */
    public long readPosition() {
        return position + (end - start) + skipped;
    }

    /** Reads one block at most; returns what {@link InputStream#read} returns. */
    public int read(InputStream in) throws IOException {
        makeRoom();
        int count = in.read(buffer, end, buffer.length - end);
        if (count > 0) {
            end += count;
        }
        return count;
    }

    /** Delivers the whole lines. */
    public void cut(Taker taker) {
        int newline;
        while ((newline = newline()) >= 0) {
            take(taker, newline, 1);
        }
    }

    /** Delivers the rest as a line of its own: nothing follows. */
    public void cutLast(Taker taker) {
        cut(taker);
        if (readPosition() > position) {
            take(taker, end, 0);
        }
    }

    /** Adds bytes read by someone else, and delivers the lines that they complete. */
    public void cut(byte[] bytes, int from, int to, Taker taker) {
        int at = from;
        while (at < to) {
            makeRoom();
            int count = Math.min(to - at, buffer.length - end);
            System.arraycopy(bytes, at, buffer, end, count);
            end += count;
            at += count;
            cut(taker);
        }
    }

    /** Delivers a line found by someone else: {@code bytes[from, to)}, followed by its newline. */
    public void hand(byte[] bytes, int from, int to, long at, Taker taker) {
        hand(bytes, from, to, at, false, taker);
    }

    private void take(Taker taker, int to, int lineEnd) {
        int from = start;
        long at = position;
        boolean more = skipped > 0;
        position += (to - from) + skipped + lineEnd;
        start = to + lineEnd;
        scanned = start;
        skipped = 0;
        hand(buffer, from, to, at, more, taker);
    }

    private void hand(byte[] bytes, int from, int to, long at, boolean more, Taker taker) {
        boolean cut = more || to - from > longest;
        int last = Math.min(to, from + longest);
        if (!more && last == to && last > from && bytes[last - 1] == '\r') {
            last--;
        }
        taker.take(bytes, from, last, at, cut);
    }

    private int newline() {
        int newline = Swar.indexOf((byte) '\n', buffer, scanned, end);
        scanned = newline < 0 ? end : scanned;
        return newline;
    }

    private void makeRoom() {
        if (end - start > longest) {
            skipped += end - start - longest;
            end = start + longest;
            scanned = end;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            scanned -= start;
            end -= start;
            start = 0;
        }
        if (end > buffer.length / 2 && buffer.length < most) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(most, 2L * buffer.length));
        }
    }

    public static int withoutLineEnd(byte[] buffer, int from, int to) {
        int end = to;
        while (end > from && (buffer[end - 1] == '\n' || buffer[end - 1] == '\r' || buffer[end - 1] == 0)) {
            end--;
        }
        return end;
    }
}
