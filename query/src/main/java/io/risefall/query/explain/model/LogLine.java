package io.risefall.query.explain.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;

/**
 * A raw line of a log, and what it has to do with a number.
 *
 * @param at event time, from the line
 * @param receivedAt when it was received; for a file when it was read
 * @param source where it was read
 * @param position where in the source: the offset of its first byte in a file or journal
 * @param copy for the k-th copy of a {@code message repeated N times}: k, from 1; else 0
 * @param counts whether the number would differ without it; false for repeats, and for lines that only were said meanwhile
 * @param why what it says for the number
 * @param line the whole line as it was read; untrusted
 */
@JsonPropertyOrder({"at", "received_at", "source", "position", "copy", "counts", "why", "line"})
public record LogLine(
        Instant at,
        Instant receivedAt,
        String source,
        long position,
        int copy,
        boolean counts,
        String why,
        String line) {

    /** {@code file:/var/log/haproxy.log:4711}. */
    public String place() {
        return source + ":" + position + (copy == 0 ? "" : " (copy " + copy + ")");
    }
}
