package io.risefall.ingest.line.header;

import io.risefall.ingest.line.header.Envelope.TimestampKind;
import io.risefall.ingest.line.timestamp.IsoTimestamp;
import java.nio.charset.StandardCharsets;

/**
 * What HAProxy writes before a message on its standard error: {@code [WARNING]  (PID) : } and {@code [WARNING] DAY/HHMMSS (PID) : }.
 * Used by one thread.
 */
final class StderrCopy {
    private static final byte[] LABEL_END = "] ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PID_BEGIN = "(".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PID_END = ") : ".getBytes(StandardCharsets.US_ASCII);
    /** Before messages that HAProxy writes during, or soon after, a command of its runtime API; only on stderr. */
    private static final byte[] CLI = "CLI : ".getBytes(StandardCharsets.US_ASCII);

    private static final int DAY_OF_YEAR_LENGTH = "326/002156".length();

    private final HeaderLine line;

    StderrCopy(HeaderLine line) {
        this.line = line;
    }

    /** Whether it is here; then it is taken. */
    boolean take(int from) {
        int at = from + 1;
        if (from >= line.to || line.bytes[from] != '[') {
            return false;
        }
        while (at < line.to && line.bytes[at] >= 'A' && line.bytes[at] <= 'Z') {
            at++;
        }
        if (at == from + 1 || !line.startsWith(LABEL_END, at)) {
            return false;
        }
        at += LABEL_END.length;
        while (at < line.to && line.bytes[at] == ' ') {
            at++;
        }
        int timestampAt = isDayOfYear(at) ? at : -1;
        at = timestampAt < 0 ? at : at + DAY_OF_YEAR_LENGTH + 1;
        if (!line.startsWith(PID_BEGIN, at)) {
            return false;
        }
        int pidEnd = line.digitsEnd(at + 1);
        int count = pidEnd - at - 1;
        if (count < 1 || count > SyslogHeader.MAX_DIGITS || !line.startsWith(PID_END, pidEnd)) {
            return false;
        }
        if (timestampAt >= 0 && line.envelope.timestampKind == TimestampKind.NONE) {
            line.envelope.timestampKind = TimestampKind.DAY_OF_YEAR;
            line.envelope.timestampFrom = timestampAt;
        }
        line.envelope.outerPid = line.envelope.pid;
        line.envelope.pid = IsoTimestamp.digits(line.bytes, at + 1, count);
        line.envelope.stderrCopy = true;
        int message = pidEnd + PID_END.length;
        line.envelope.messageFrom = line.startsWith(CLI, message) ? message + CLI.length : message;
        return true;
    }

    private boolean isDayOfYear(int at) {
        return line.to - at > DAY_OF_YEAR_LENGTH
                && IsoTimestamp.digits(line.bytes, at, 3) >= 0
                && line.bytes[at + 3] == '/'
                && IsoTimestamp.digits(line.bytes, at + 4, 6) >= 0
                && line.bytes[at + DAY_OF_YEAR_LENGTH] == ' ';
    }
}
