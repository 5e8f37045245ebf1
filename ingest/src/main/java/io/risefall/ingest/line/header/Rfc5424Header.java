package io.risefall.ingest.line.header;

import io.risefall.ingest.line.timestamp.IsoTimestamp;
import java.nio.charset.StandardCharsets;

/** A header of RFC 5424 after its version: {@code TIMESTAMP HOST APP PROCID MSGID DATA[ MESSAGE]}. Used by one thread. */
final class Rfc5424Header {
    private static final byte[] NONE = "- ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SPACE = " ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final HeaderLine line;
    private final HeaderTimestamps timestamps;
    private final SyslogHeader syslog;

    Rfc5424Header(HeaderLine line, HeaderTimestamps timestamps, SyslogHeader syslog) {
        this.line = line;
        this.timestamps = timestamps;
        this.syslog = syslog;
    }

    /** Whether it is here; then it is taken. */
    boolean take(int from) {
        int at = from;
        boolean timed = !line.startsWith(NONE, at);
        int timestampEnd = timed ? timestamps.iso.read(line.bytes, at, line.to) : at + 1;
        if (timestampEnd < 0 || !line.startsWith(SPACE, timestampEnd)) {
            return false;
        }
        int host = timestampEnd + 1;
        int hostEnd = line.wordEnd(host);
        int app = hostEnd + 1;
        int appEnd = line.wordEnd(app);
        int process = appEnd + 1;
        int processEnd = line.wordEnd(process);
        int id = processEnd + 1;
        int idEnd = line.wordEnd(id);
        int data = idEnd + 1;
        if (data >= line.to || hostEnd == host || appEnd == app || processEnd == process) {
            return false;
        }
        int dataEnd = structuredDataEnd(data);
        if (dataEnd < 0 || dataEnd < line.to && line.bytes[dataEnd] != ' ') {
            return false;
        }
        if (timed) {
            timestamps.takeIso(from);
        }
        syslog.takeHost(host, hostEnd);
        line.envelope.tagFrom = app;
        line.envelope.tagTo = appEnd;
        int digits = processEnd - process;
        line.envelope.pid = digits <= SyslogHeader.MAX_DIGITS ? IsoTimestamp.digits(line.bytes, process, digits) : -1;
        int message = Math.min(dataEnd + 1, line.to);
        message = line.startsWith(BYTE_ORDER_MARK, message) ? message + BYTE_ORDER_MARK.length : message;
        // rsyslog counts the space after a tag as part of the message, and forwards it after its own.
        syslog.takeMessage(line.startsWith(SPACE, message) ? message + 1 : message);
        return true;
    }

    /** The end of {@code -} or {@code [id name="value \] \" \\"…]…}; -1 if neither is here. */
    private int structuredDataEnd(int from) {
        if (line.bytes[from] == '-') {
            return from + 1;
        }
        int at = from;
        while (at < line.to && line.bytes[at] == '[') {
            boolean inValue = false;
            at++;
            while (at < line.to && (inValue || line.bytes[at] != ']')) {
                if (inValue && line.bytes[at] == '\\') {
                    at++;
                } else if (line.bytes[at] == '"') {
                    inValue = !inValue;
                }
                at++;
            }
            if (at >= line.to) {
                return -1;
            }
            at++;
        }
        return at == from ? -1 : at;
    }
}
