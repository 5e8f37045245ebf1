package io.risefall.ingest.line.entry;

import io.risefall.ingest.line.LineConsumer;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.header.EntryFormat;
import io.risefall.ingest.line.header.JournalText;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the lines of a source; the lines of an entry that spans several ({@link EntryFormat}) as one line with
 * newlines in it. While an entry is incomplete its lines are held, and the saved position must not go beyond {@link
 * #heldFrom}, so an entry split by a stop is read again as a whole. In a binary field no line or entry begins.
 *
 * <p>Only for sources with one writer. Used by one thread.
 */
public final class EntryJoiner {
    /** A longer entry is cut here and delivered as a line that is too long. */
    private static final int MAX_BYTES = 1024 * 1024;

    private final boolean exact;
    private byte[] held = {};
    private int length;
    private @Nullable EntryFormat shape;
    private int indent;
    private long heldFrom = -1;
    private long heldTo;

    /** The end of a binary field, with its newline; -1 outside of one. */
    private long bytesTo = -1;

    /** The start of its length; -1 once that is read. */
    private int fieldFrom = -1;

    private @Nullable LineReader reader;
    private Instant receivedAt = Instant.EPOCH;
    private @Nullable String sender;

    /** @param exact whether positions are bytes of the input, so that they show what stood between two lines */
    public EntryJoiner(boolean exact) {
        this.exact = exact;
    }

    /** The start of the incomplete entry; -1 if there is none. */
    public long heldFrom() {
        return heldFrom;
    }

    /** Drops the held lines; they are read again. */
    public void forget() {
        shape = null;
        heldFrom = -1;
        length = 0;
        bytesTo = -1;
        fieldFrom = -1;
        reader = null;
    }

    /** Like {@link LineConsumer#line}; calls that of {@code to} when a line or an entry is whole. */
    public void line(
            LineConsumer to,
            LineReader with,
            byte[] buffer,
            int from,
            int lineTo,
            long position,
            Instant at,
            @Nullable String by,
            boolean cut) {
        if (shape != null && !hold(to, buffer, from, lineTo, position)) {
            return;
        }
        EntryFormat begun = EntryFormat.begun(buffer, from, lineTo);
        if (begun == null || cut) {
            to.line(with, buffer, from, lineTo, position, at, by, cut);
            return;
        }
        shape = begun;
        indent = EntryFormat.indent(buffer, from, lineTo);
        heldFrom = position;
        reader = with;
        receivedAt = at;
        sender = by;
        append(buffer, from, lineTo, position);
    }

    /** Nothing follows: an incomplete entry is delivered. */
    public void end(LineConsumer to) {
        if (shape != null) {
            handOn(to);
        }
    }

    /** False if the line belongs to the held entry; true if it begins something new, and the entry was delivered. */
    private boolean hold(LineConsumer to, byte[] buffer, int from, int lineTo, long position) {
        EntryFormat of = shape;
        if (of == null || length > MAX_BYTES) {
            handOn(to);
            return true;
        }
        between(position);
        boolean within = bytesTo >= 0 && length < bytesTo;
        boolean last = !within && of.isLast(buffer, from, lineTo, indent);
        if (!within && !last && !of.continues(buffer, from, lineTo, indent)) {
            handOn(to);
            return true;
        }
        int begin = length;
        append(buffer, from, lineTo, position);
        if (last) {
            handOn(to);
        } else if (of == EntryFormat.EXPORT) {
            fieldOfBytes(begin, within);
        }
        return false;
    }

    /** Restores what stood between the last held line and this one: a newline, and what was removed with it. */
    private void between(long position) {
        long gap = exact ? Math.min(Math.max(1, position - heldTo), MAX_BYTES) : 1;
        ensure((int) gap);
        if (gap == 2) {
            held[length++] = '\r';
            gap = 1;
        }
        Arrays.fill(held, length, length + (int) gap, (byte) '\n');
        length += (int) gap;
    }

    /** A name without a value: eight bytes follow with the length of the value. */
    private void fieldOfBytes(int begin, boolean within) {
        if (!within) {
            boolean named = length > begin && indexOf('=', begin) < 0;
            fieldFrom = named ? length + 1 : -1;
            bytesTo = named ? fieldFrom + (long) JournalText.LENGTH : -1;
        }
        if (fieldFrom >= 0 && length >= fieldFrom + JournalText.LENGTH) {
            long bytes = JournalText.length(held, fieldFrom);
            bytesTo = bytes < 0 || bytes > MAX_BYTES ? -1 : fieldFrom + JournalText.LENGTH + bytes + 1;
            fieldFrom = -1;
        }
    }

    private int indexOf(char c, int from) {
        for (int at = from; at < length; at++) {
            if (held[at] == c) {
                return at;
            }
        }
        return -1;
    }

    private void append(byte[] buffer, int from, int to, long position) {
        int count = Math.min(to - from, MAX_BYTES);
        ensure(count);
        System.arraycopy(buffer, from, held, length, count);
        length += count;
        heldTo = position + to - from;
    }

    private void ensure(int more) {
        if (held.length - length < more) {
            held = Arrays.copyOf(held, Math.max(2 * held.length, length + more));
        }
    }

    private void handOn(LineConsumer to) {
        LineReader with = reader;
        byte[] bytes = held;
        int count = length;
        long from = heldFrom;
        Instant at = receivedAt;
        String by = sender;
        forget();
        while (count > 0 && bytes[count - 1] == '\n') {
            count--;
        }
        if (with != null) {
            to.line(with, bytes, 0, count, from, at, by, count > MAX_BYTES);
        }
    }
}
