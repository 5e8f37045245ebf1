package io.risefall.ingest.line.header;

/**
 * rsyslog's form of newlines that a sender put after its message: {@code #012}, {@code #015}. No sentence of HAProxy
 * ends like that, unless {@code len} cut it within the quotes of its info, so they are removed there. Anywhere else
 * they stay: HAProxy writes control characters in info as {@code <09>} and has none in names, so there {@code #012} is
 * text of a server; and of two messages in one line neither is certain.
 */
final class EscapedLineEnd {
    private static final int LENGTH = "#012".length();

    private EscapedLineEnd() {}

    /** Where the message {@code bytes[from, to)} ends without them. */
    static int dropped(byte[] bytes, int from, int to) {
        int end = to;
        while (end - from >= LENGTH && standsAt(bytes, end - LENGTH)) {
            end -= LENGTH;
        }
        return end < to && endsInQuotes(bytes, from, end) ? to : end;
    }

    private static boolean standsAt(byte[] bytes, int at) {
        return bytes[at] == '#'
                && bytes[at + 1] == '0'
                && bytes[at + 2] == '1'
                && (bytes[at + 3] == '2' || bytes[at + 3] == '5');
    }

    static boolean endsInQuotes(byte[] bytes, int from, int to) {
        boolean quoted = false;
        for (int at = from; at < to; at++) {
            quoted ^= bytes[at] == '"';
        }
        return quoted;
    }
}
