package io.risefall.ingest.file;

import io.risefall.ingest.line.Block;
import io.risefall.ingest.line.LineConsumer;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.bytes.LineSplitter;
import io.risefall.ingest.line.entry.EntryJoiner;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * Turns a file's bytes into whole lines and whole entries. Half a line, or half an entry, waits for its end. Positions are bytes
 * of the source. One thread.
 */
final class FileLines {
    private final LineSplitter splitter;
    private final EntryJoiner entries = new EntryJoiner(true);

    /**
     * @param block bytes read at a time
     * @param longestLine bytes kept of one line
     */
    FileLines(int block, int longestLine) {
        this.splitter = new LineSplitter(block, longestLine);
    }

    /** The first byte not yet delivered as part of a whole line or entry. */
    long offset() {
        return entries.heldFrom() < 0 ? splitter.position() : entries.heldFrom();
    }

    /** The next byte to be read. */
    long readPosition() {
        return splitter.readPosition();
    }

    /** Whether half a line or half an entry waits for its end. */
    boolean isIncomplete() {
        return readPosition() > offset();
    }

    /** Drops half a line; the next byte read is the one at {@code position}. An entry that waits stays. */
    void continueAt(long position) {
        splitter.reset(position);
    }

    /** Drops half a line, but not the lines of an entry that waits. */
    void dropHalfLine() {
        splitter.reset(splitter.position());
    }

    /** Drops whatever waits; it is read again. */
    void drop() {
        splitter.reset(offset());
        entries.forget();
    }

    /** Reads one block at most; returns what {@link InputStream#read} returns. */
    int read(InputStream in) throws IOException {
        return splitter.read(in);
    }

    /** Delivers what is whole. */
    void deliver(LineConsumer to, LineReader reader, Instant now) {
        splitter.cut(taker(to, reader, now));
    }

    /** Delivers what is whole in a block that was read and scanned already. */
    void deliver(Block block, LineConsumer to, LineReader reader, Instant now) {
        block.handOver(splitter, taker(to, reader, now), reader, to);
    }

    /** Nothing follows: delivers what waits as if it were whole. */
    void deliverRest(LineConsumer to, LineReader reader, Instant now) {
        splitter.cutLast(taker(to, reader, now));
        entries.end(to);
    }

    private LineSplitter.Taker taker(LineConsumer to, LineReader reader, Instant now) {
        return (bytes, from, end, at, cut) -> entries.line(to, reader, bytes, from, end, at, now, null, cut);
    }
}
