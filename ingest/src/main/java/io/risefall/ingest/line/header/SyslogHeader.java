package io.risefall.ingest.line.header;

import io.risefall.ingest.line.header.Envelope.TimestampKind;
import io.risefall.ingest.line.timestamp.IsoTimestamp;
import io.risefall.ingest.line.timestamp.ZoneAbbreviations;
import java.nio.charset.StandardCharsets;

/** The host and the tag that a syslog daemon puts before a message, and what it makes of repeated ones. Used by one thread. */
final class SyslogHeader {
    /** Of a number, such as a pid. */
    static final int MAX_DIGITS = 9;

    private static final byte[] REPEATED = "message repeated ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TIMES = " times: [".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SPACE = " ".getBytes(StandardCharsets.US_ASCII);

    private final HeaderLine line;
    private final HeaderTimestamps timestamps;
    private final StderrCopy stderrCopy;

    SyslogHeader(HeaderLine line, HeaderTimestamps timestamps, StderrCopy stderrCopy) {
        this.line = line;
        this.timestamps = timestamps;
        this.stderrCopy = stderrCopy;
    }

    /**
     * Takes {@code [HOST [HOST ]]TAG[PID]: }; false where no tag stands. Where {@code log-send-hostname} meets a unix socket
     * rsyslog puts its own host's name before the one that HAProxy sent.
     */
    boolean take(int from, boolean mayLackHost) {
        int at = priorityWord(from);
        int firstEnd = line.wordEnd(at);
        if (mayLackHost && isTag(at, firstEnd)) {
            return takeTag(at, firstEnd);
        }
        if (!isHost(at, firstEnd)) {
            return false;
        }
        int second = priorityWord(firstEnd + 1);
        int secondEnd = line.wordEnd(second);
        if (isTag(second, secondEnd)) {
            takeHost(at, firstEnd);
            return takeTag(second, secondEnd);
        }
        if (!isHost(second, secondEnd)) {
            return false;
        }
        int third = secondEnd + 1;
        int thirdEnd = line.wordEnd(third);
        if (!isTag(third, thirdEnd)) {
            return false;
        }
        if (timestamps.isWithoutZone() && ZoneAbbreviations.canBeZone(line.bytes, at, firstEnd)) {
            timestamps.takeZone(at, firstEnd);
        }
        takeHost(second, secondEnd);
        return takeTag(third, thirdEnd);
    }

    /** The position after {@code local0.alert} or {@code <local0.alert>}, if that is here. */
    private int priorityWord(int from) {
        if (line.envelope.priority >= 0) {
            return from;
        }
        int end = line.wordEnd(from);
        boolean brackets = end - from > 2 && line.bytes[from] == '<' && line.bytes[end - 1] == '>';
        int priority =
                brackets ? PriorityName.read(line.bytes, from + 1, end - 1) : PriorityName.read(line.bytes, from, end);
        priority = priority < 0 && brackets ? PriorityName.readNumbers(line.bytes, from + 1, end - 1) : priority;
        if (priority < 0) {
            return from;
        }
        line.envelope.priority = priority;
        return Math.min(end + 1, line.to);
    }

    void takeHost(int from, int end) {
        int nameEnd = RelayedHost.nameEnd(line.bytes, from, end);
        boolean byAddress = nameEnd < end && !NodeNames.isName(line.bytes, from, nameEnd);
        line.envelope.hostFrom = byAddress ? nameEnd + 1 : from;
        line.envelope.hostTo = byAddress ? RelayedHost.addressEnd(line.bytes, nameEnd + 1, end) : nameEnd;
    }

    /** Takes {@code haproxy[4043]:}, {@code haproxy:} or {@code haproxy[4043]}, and the message after it. */
    boolean takeTag(int from, int end) {
        int tagEnd = takePid(from, end);
        line.envelope.tagFrom = from;
        line.envelope.tagTo =
                line.envelope.timestampKind == TimestampKind.LOCAL ? UnitName.end(line.bytes, from, tagEnd) : tagEnd;
        takeMessage(Math.min(end + 1, line.to));
        return true;
    }

    /** Where the tag {@code bytes[from, end)} ends without its pid, which is taken, and its colon. */
    int takePid(int from, int end) {
        int tagEnd = line.bytes[end - 1] == ':' ? end - 1 : end;
        if (tagEnd == from || line.bytes[tagEnd - 1] != ']') {
            return tagEnd;
        }
        int digits = tagEnd - 1;
        while (digits > from && line.bytes[digits - 1] >= '0' && line.bytes[digits - 1] <= '9') {
            digits--;
        }
        int count = tagEnd - 1 - digits;
        if (digits > from && line.bytes[digits - 1] == '[' && count >= 1 && count <= MAX_DIGITS) {
            line.envelope.pid = IsoTimestamp.digits(line.bytes, digits, count);
            return digits - 1;
        }
        return tagEnd;
    }

    /** Takes the message at {@code at}, and what can stand between the tag and it. */
    void takeMessage(int at) {
        line.envelope.messageFrom = at;
        if (!stderrCopy.take(at)) {
            repeated(at);
        }
    }

    /** A colon ends it, unless rsyslog made the tag from a header of RFC 5424, which has no colon. */
    boolean isTag(int from, int end) {
        if (end - from <= 1 || end > line.to) {
            return false;
        }
        if (line.bytes[end - 1] == ':') {
            return true;
        }
        int digits = end - 2;
        while (digits > from && line.bytes[digits] >= '0' && line.bytes[digits] <= '9') {
            digits--;
        }
        return line.bytes[end - 1] == ']' && digits > from && digits < end - 2 && line.bytes[digits] == '[';
    }

    private boolean isHost(int from, int end) {
        return from < line.to && end > from && end != line.to && isHost(line.bytes, from, end);
    }

    /** Whether a host can be called so. */
    static boolean isHost(byte[] bytes, int from, int end) {
        int nameEnd = RelayedHost.nameEnd(bytes, from, end);
        for (int i = from; i < nameEnd; i++) {
            byte b = bytes[i];
            boolean fits = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b < 0;
            if (!fits && b != '-' && b != '.' && b != '_' && b != ':' && b != '%') {
                return false;
            }
        }
        return true;
    }

    /** {@code message repeated N times: [ …]}: rsyslog's form for N more messages like this one. */
    private void repeated(int at) {
        if (!line.startsWith(REPEATED, at)) {
            return;
        }
        int number = at + REPEATED.length;
        int end = line.digitsEnd(number);
        int count = end - number;
        if (count < 1 || count > MAX_DIGITS || !line.startsWith(TIMES, end)) {
            return;
        }
        line.envelope.repeated = IsoTimestamp.digits(line.bytes, number, count);
        int message = end + TIMES.length;
        message = line.startsWith(SPACE, message) ? message + 1 : message;
        line.envelope.messageFrom = message;
        stderrCopy.take(message);
        // rsyslog keeps 800 bytes of a message, but always closes the bracket; a relay's limit may cut that too.
        line.envelope.messageTo =
                line.to > line.envelope.messageFrom && line.bytes[line.to - 1] == ']' ? line.to - 1 : line.to;
    }
}
