package io.risefall.ingest.line.header;

/**
 * Finds the end of a message to which something was appended: blanks, as old syslog daemons write instead of a newline,
 * and rsyslog's form of one ({@link EscapedLineEnd}). HAProxy's sentences end in a full stop or an exclamation mark, so
 * blanks after these, or after a truncation mark, do not belong to the message.
 */
public final class MessageEnd {
    private MessageEnd() {}

    /**
     * The end of the message {@code bytes[from, to)} without what was appended.
     *
     * @param tagged whether it came through a syslog daemon
     */
    public static int of(byte[] bytes, int from, int to, boolean tagged) {
        int solid = blanksFrom(bytes, from, to);
        int unescaped = tagged ? EscapedLineEnd.dropped(bytes, from, solid) : solid;
        if (unescaped < solid) {
            solid = blanksFrom(bytes, from, unescaped);
            return solid < unescaped && isEnd(bytes, from, solid) ? solid : unescaped;
        }
        return solid < to && isEnd(bytes, from, solid) ? solid : to;
    }

    private static int blanksFrom(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
            end--;
        }
        return end;
    }

    /** Also after the last byte of …. */
    private static boolean isEnd(byte[] bytes, int from, int to) {
        byte last = to == from ? 0 : bytes[to - 1];
        boolean mark = last == '.' || last == '!' || last == '>' || last == (byte) 0xA6;
        return mark && !EscapedLineEnd.endsInQuotes(bytes, from, to);
    }
}
