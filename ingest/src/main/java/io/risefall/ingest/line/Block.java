package io.risefall.ingest.line;

import io.risefall.ingest.line.bytes.LineSplitter;
import io.risefall.ingest.line.skip.SkippedLines;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a source, cut anywhere, and what a {@link BlockScanner} found in it. Filled, scanned and taken by one thread
 * each, one after the other.
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

    /** Where its bytes stand and go. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** It holds so many bytes now, and nothing was found in it yet. */
    public void filled(int count) {
        length = count;
        Arrays.fill(before, 0, lines, null);
        lines = 0;
        rest = null;
    }

    /** The lines that begin and end in it are in {@code bytes[from, to)}; what is around belongs to its neighbours. */
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
     * Hands over its lines and the one that the block before it began.
     *
     * @param splitter holds the beginning of a line that this block goes on with, and will hold that of its own last one
     * @param taker hands lines to {@code reader}
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
