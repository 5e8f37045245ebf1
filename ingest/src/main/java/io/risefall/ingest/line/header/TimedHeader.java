package io.risefall.ingest.line.header;

import io.risefall.ingest.line.header.Envelope.Output;
import io.risefall.ingest.line.header.Envelope.TimestampKind;
import io.risefall.ingest.line.timestamp.IsoTimestamp;
import io.risefall.ingest.line.timestamp.JournalctlTimestamp;
import io.risefall.ingest.line.timestamp.LocalTimestamp;
import io.risefall.ingest.line.timestamp.TraditionalTimestamp;
import io.risefall.ingest.line.timestamp.ZoneAbbreviations;
import io.risefall.ingest.line.tool.ToolPrefix;
import io.risefall.ingest.message.HealthPrefixes;
import java.nio.charset.StandardCharsets;

/**
 * A header by the form of its timestamp, from its priority on. The time of a container engine can stand before another
 * header. Used by one thread.
 */
final class TimedHeader {
    private static final byte[] STDOUT = "stdout ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STDERR = "stderr ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VERSION = "1 ".getBytes(StandardCharsets.US_ASCII);

    /** RFC 5424: facility 23, severity 7. */
    private static final int MAX_PRIORITY = 191;

    private final HeaderLine line;
    private final HeaderTimestamps timestamps;
    private final SyslogHeader syslog;
    private final StderrCopy stderrCopy;
    private final Rfc5424Header rfc5424;
    private final ToolPrefix prefix;

    TimedHeader(
            HeaderLine line,
            HeaderTimestamps timestamps,
            SyslogHeader syslog,
            StderrCopy stderrCopy,
            ToolPrefix prefix) {
        this.line = line;
        this.timestamps = timestamps;
        this.syslog = syslog;
        this.stderrCopy = stderrCopy;
        this.prefix = prefix;
        rfc5424 = new Rfc5424Header(line, timestamps, syslog);
    }

    /** The position after {@code <N>}, if that is here. */
    int priority(int from) {
        if (from == line.to || line.bytes[from] != '<') {
            return from;
        }
        int close = line.digitsEnd(from + 1);
        int digits = close - from - 1;
        if (digits < 1 || digits > 3 || close == line.to || line.bytes[close] != '>') {
            return from;
        }
        int priority = IsoTimestamp.digits(line.bytes, from + 1, digits);
        if (priority > MAX_PRIORITY) {
            return from;
        }
        line.envelope.priority = priority;
        return close + 1;
    }

    /** @param outermost whether nothing stands before it but a priority, or the prefix of a tool */
    void take(int at, boolean outermost) {
        line.envelope.messageFrom = at;
        if (at == line.to) {
            return;
        }
        byte first = line.bytes[at];
        if (first >= '0' && first <= '9') {
            if (line.envelope.priority >= 0 && line.startsWith(VERSION, at) && rfc5424.take(at + 2)) {
                return;
            }
            int end = timestamps.iso.read(line.bytes, at, line.to);
            if (end >= 0 && end < line.to && line.bytes[end] == ' ') {
                timestamps.takeIso(at);
                afterIsoTimestamp(end + 1, outermost, timestamps.iso.zulu());
                return;
            }
            if (outermost && JournalctlTimestamp.isUnix(line.bytes, at, line.to)) {
                unixTimestamp(at);
                return;
            }
        } else if (first == '[') {
            if (stderrCopy.take(at) || outermost && monotonicTimestamp(at)) {
                return;
            }
        } else if (TraditionalTimestamp.isAt(line.bytes, at, line.to) && traditionalTimestamp(at, outermost)) {
            return;
        }
        if (outermost) {
            writtenTimestamp(at);
        }
    }

    /** False if a zone follows. */
    private boolean traditionalTimestamp(int at, boolean outermost) {
        boolean micros = TraditionalTimestamp.hasMicros(line.bytes, at, line.to);
        int next = TraditionalTimestamp.end(micros, at) + 1;
        if (outermost && ZoneAbbreviations.isZone(line.bytes, next, line.wordEnd(next))) {
            return false;
        }
        line.envelope.timestampKind = TimestampKind.TRADITIONAL;
        line.envelope.timestampFrom = at;
        line.envelope.fraction = micros;
        line.envelope.nano = micros ? TraditionalTimestamp.nano(line.bytes, at) : 0;
        line.envelope.known = syslog.take(next, true) || outermost && isUnwrapped(next);
        return true;
    }

    private void writtenTimestamp(int at) {
        LocalTimestamp local = line.envelope.local;
        int end = local.read(line.bytes, at, line.to);
        if (end < 0) {
            return;
        }
        if (local.month() > 0) {
            timestamps.takeWritten(at);
        }
        int next = end;
        while (next < line.to && line.bytes[next] == ' ') {
            next++;
        }
        next = JournalctlTimestamp.isUnixInBrackets(line.bytes, next, line.to) ? logreadTimestamp(next) : next;
        line.envelope.known = isUnwrapped(next) || syslog.take(next, true);
        // HAProxy's own timestamp helps if the month is in an unknown language.
        line.envelope.known &= line.envelope.timestampKind != TimestampKind.NONE;
    }

    /** OpenWrt's {@code logread -t} repeats the time, more precisely. */
    private int logreadTimestamp(int at) {
        timestamps.takeUnix(at + 1, JournalctlTimestamp.MILLIS_LENGTH);
        return at + JournalctlTimestamp.BRACKETS_LENGTH;
    }

    /** Whether a message without a tag follows the timestamp directly: a copy on stderr, or a health sentence. */
    private boolean isUnwrapped(int at) {
        boolean copy = line.envelope.priority < 0 && stderrCopy.take(at);
        boolean sentence = !copy && line.envelope.priority < 0 && HealthPrefixes.possible(line.bytes, at, line.to);
        if (sentence) {
            line.envelope.messageFrom = at;
        }
        return copy || sentence;
    }

    /** {@code journalctl -o short-monotonic}: a time since the machine's start, which is not a timestamp. */
    private boolean monotonicTimestamp(int at) {
        int end = JournalctlTimestamp.monotonicEnd(line.bytes, at, line.to);
        return end >= 0 && syslog.take(end + 1, true);
    }

    private void unixTimestamp(int at) {
        timestamps.takeUnix(at, JournalctlTimestamp.UNIX_LENGTH);
        line.envelope.known = syslog.take(at + JournalctlTimestamp.UNIX_LENGTH + 1, true);
    }

    private void afterIsoTimestamp(int at, boolean outermost, boolean zulu) {
        boolean maybeContainer = outermost && line.envelope.priority < 0;
        line.envelope.messageFrom = at;
        if (maybeContainer
                && (line.startsWith(STDOUT, at) || line.startsWith(STDERR, at))
                && criMark(at + STDOUT.length)) {
            line.envelope.output = line.startsWith(STDOUT, at) ? Output.STDOUT : Output.STDERR;
            int inner = at + STDOUT.length;
            line.envelope.partial = line.bytes[inner] == 'P';
            take(priority(inner + 2), false);
            return;
        }
        boolean header = at < line.to
                && (line.bytes[at] == '<' || line.bytes[at] == '[' || line.bytes[at] >= '0' && line.bytes[at] <= '9');
        if (maybeContainer && zulu && header) {
            int inner = priority(at);
            boolean changed = inner > at || line.bytes[at] == '[' || timestamps.iso.read(line.bytes, at, line.to) >= 0;
            if (changed) {
                take(inner, false);
                return;
            }
        }
        if (maybeContainer && (zulu && afterTask(at) || stderrCopy.take(at))) {
            return;
        }
        // A server can be called "reason:", which looks like a tag; no host is called like the start of a sentence.
        if (!HealthPrefixes.possible(line.bytes, at, line.to) && !syslog.take(at, false) && outermost) {
            tagWithoutHost(at);
        }
    }

    /** {@code docker service logs -t} puts the name of the task after the time. */
    private boolean afterTask(int at) {
        int end = prefix.endOfTask(line.bytes, at, line.to);
        if (end < 0) {
            return false;
        }
        int name = prefix.nameFrom();
        int nameTo = prefix.nameTo();
        boolean haproxys = prefix.ofHaproxy();
        take(priority(end), false);
        boolean inner = line.envelope.stderrCopy || line.envelope.hasTag() || line.envelope.priority >= 0;
        line.envelope.known &= inner || haproxys;
        line.envelope.dependent = true;
        if (!line.envelope.hasHost()) {
            syslog.takeHost(name, nameTo);
        }
        return true;
    }

    /**
     * {@code haproxy[4043]: } directly after a time in ISO 8601; {@code haproxy: } only before a health sentence or a copy:
     * a log format can begin like that.
     */
    private void tagWithoutHost(int at) {
        int end = line.wordEnd(at);
        boolean slash = false;
        for (int i = at; i < end; i++) {
            slash |= line.bytes[i] == '/';
        }
        if (slash || !syslog.isTag(at, end)) {
            return;
        }
        int message = Math.min(end + 1, line.to);
        boolean pid = line.bytes[end - 1] == ']' || line.bytes[end - 2] == ']';
        if (pid) {
            syslog.takeTag(at, end);
        } else if (HealthPrefixes.possible(line.bytes, message, line.to) || stderrCopy.take(message)) {
            line.envelope.dependent = true;
            syslog.takeTag(at, end);
        }
    }

    private boolean criMark(int at) {
        return line.to - at >= 2 && (line.bytes[at] == 'F' || line.bytes[at] == 'P') && line.bytes[at + 1] == ' ';
    }
}
