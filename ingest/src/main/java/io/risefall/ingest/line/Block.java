package io.risefall.ingest.line;

import io.risefall.ingest.line.bytes.LineSplitter;
import io.risefall.ingest.line.skip.SkippedLines;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a source, split anywhere, and what a {@link BlockScanner} found in it. Filled, scanned and delivered by
 * one thread each, one after the other.
 */
public final class Block {
    private static final int FIRST_LINES = 64;

    private final byte[] bytes;
    private int length;
    private int wholeFrom;
    private int wholeTo;

    /** Lines to be read: from, to, from, to, … */
    private int[] ends = new int[2 * FIRST_LINES];

    /** What was skipped before each of them. */
    private @Nullable SkippedLines[] before = new SkippedLines[FIRST_LINES];

    private int lines;
    private @Nullable SkippedLines rest;

    public Block(int size) {
        bytes = new byte[size];
    }

    /** Its buffer, to read from and to fill. */
    public byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** It now holds {@code count} bytes, which are not scanned yet. */
    public void filled(int count) {
        length = count;
        Arrays.fill(before, 0, lines, null);
        lines = 0;
        rest = null;
    }

    /** The lines that begin and end in it are in {@code bytes[from, to)}; the rest belongs to the neighbouring blocks. */
    void whole(int from, int to) {
        wholeFrom = from;
        wholeTo = to;
    }

    void add(@Nullable SkippedLines skipped, int from, int to) {
        if (lines == before.length) {
            before = Arrays.copyOf(before, 2 * lines);
            ends = Arrays.copyOf(ends, 4 * lines);
        }
        before[lines] = skipped;
        ends[2 * lines] = from;
        ends[2 * lines + 1] = to;
        lines++;
    }

    void end(@Nullable SkippedLines skipped) {
        rest = skipped;
    }

    /**
     * Delivers its lines, and the line that the block before it began.
     *
     * @param splitter holds the start of a line that continues in this block; afterwards, the start of this block's last line
     * @param taker delivers lines to {@code reader}
     */
    public void handOver(LineSplitter splitter, LineSplitter.Taker taker, LineReader reader, LineConsumer to) {
        long at = splitter.readPosition();
        splitter.cut(bytes, 0, wholeFrom, taker);
        for (int i = 0; i < lines; i++) {
            SkippedLines skipped = before[i];
            if (skipped != null) {
                to.skipped(reader, skipped);
            }
            int from = ends[2 * i];
            splitter.hand(bytes, from, ends[2 * i + 1], at + from, taker);
        }
        if (rest != null) {
            to.skipped(reader, rest);
        }
        if (wholeTo > wholeFrom) {
            splitter.reset(at + wholeTo);
        }
        splitter.cut(bytes, wholeTo, length, taker);
    }
}
