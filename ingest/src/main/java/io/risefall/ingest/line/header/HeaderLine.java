package io.risefall.ingest.line.header;

import io.risefall.ingest.message.HealthPrefixes;
import java.nio.charset.StandardCharsets;

/** A line whose header is read: its bytes up to its end, and the envelope that is filled from them. Used by one thread. */
final class HeaderLine {
    byte[] bytes = {};
    int to;
    Envelope envelope = new Envelope();

    /** Whatever was found before is forgotten: the line, or what is in it, is {@code line[from, lineTo)}. */
    void begin(byte[] line, int from, int lineTo) {
        bytes = line;
        to = lineTo;
        envelope.clear(line, from, lineTo);
    }

    /** Whether anything of a header was found. */
    boolean hasHeader() {
        return !envelope.bare() || envelope.hasTag() || !envelope.known;
    }

    /** The next space, or the end. */
    int wordEnd(int from) {
        int at = from;
        while (at < to && bytes[at] != ' ') {
            at++;
        }
        return Math.min(at, to);
    }

    int digitsEnd(int from) {
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    boolean startsWith(byte[] beginning, int at) {
        return at >= 0 && at <= to && HealthPrefixes.startsWith(bytes, at, to, beginning);
    }

    String text(int from, int end) {
        return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }
}
