package io.risefall.ingest.line.skip;

import io.risefall.ingest.line.bytes.Swar;
import io.risefall.ingest.line.header.Envelope;
import io.risefall.ingest.line.header.Envelope.Output;
import io.risefall.ingest.line.header.Envelope.TimestampKind;
import io.risefall.ingest.line.header.EnvelopeParser;
import io.risefall.ingest.line.header.MessageEnd;
import io.risefall.ingest.line.timestamp.TraditionalTimestamp;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The header of a line that was parsed, up to its tag and the space after it, and a count of the lines skipped because
 * they have the same header. Every byte is compared except minutes, seconds and fractions of an ISO timestamp, which are
 * read, so the parser would find the same in their headers. Used by one thread.
 */
final class CachedHeader {
    private static final int TO_HOUR = "2026-11-23T00:".length();
    private static final int TO_SECOND = "2026-11-23T00:21:56".length();
    static final int TO_TRADITIONAL_END = TraditionalTimestamp.LENGTH;
    private static final int MINUTE_SECONDS = 60;
    private static final int SECOND_MICROS = 1_000_000;
    private static final int MICRO_NANOS = 1000;

    private final byte[] bytes;
    private final int timestampFrom;
    private final int timestampTo;

    /** Minute, second and fraction of an ISO timestamp; nothing of a traditional one. */
    private final int clockFrom;

    private final int clockTo;
    private final long hourMicros;
    private final int offsetSeconds;
    private final int priority;
    private final int hostFrom;
    private final int hostTo;
    private final int tagFrom;
    private final int tagTo;
    private final long pid;
    private final @Nullable String node;
    private final @Nullable String sender;

    private long micros;
    private long lines;
    private long latestMicros = SkippedLines.NEVER;
    private long earliestMicros;
    private int minute;
    private long minutes;

    /**
     * @param line a line that was parsed, whose header {@link #isCacheable}
     * @param from where it begins
     * @param envelope its parsed parts
     * @param node the node that logs lines with this header; null for another program's lines
     * @param sender the sender's address; null for a file
     */
    CachedHeader(byte[] line, int from, Envelope envelope, @Nullable String node, @Nullable String sender) {
        bytes = Arrays.copyOfRange(line, from, envelope.messageFrom);
        timestampFrom = envelope.timestampFrom - from;
        priority = envelope.priority;
        hostFrom = envelope.hostFrom - from;
        hostTo = envelope.hostTo - from;
        tagFrom = envelope.tagFrom - from;
        tagTo = envelope.tagTo - from;
        pid = envelope.pid;
        this.node = node;
        this.sender = sender;
        offsetSeconds = envelope.offsetSeconds;
        if (envelope.timestampKind == TimestampKind.ISO) {
            clockFrom = timestampFrom + TO_HOUR;
            clockTo = fractionEnd(bytes, timestampFrom + TO_SECOND);
            timestampTo = clockTo;
            hourMicros = envelope.epochSecond * SECOND_MICROS - secondMicros(bytes, clockFrom);
        } else {
            clockFrom = bytes.length;
            clockTo = bytes.length;
            timestampTo = timestampFrom + TO_TRADITIONAL_END;
            hourMicros = 0;
        }
    }

    /**
     * Whether a header can be compared like this: with a timestamp in whole bytes and a tag, of a line that does not depend on
     * others. Without a tag, the message decides where the header ends.
     */
    static boolean isCacheable(byte[] line, int from, Envelope envelope) {
        boolean alone = envelope.bytes == line
                && envelope.output == Output.NONE
                && !envelope.hasStream()
                && !envelope.stderrCopy
                && !envelope.dependent
                && envelope.repeated == 0;
        if (!alone || !envelope.hasTag() || envelope.timestampFrom < from || line[envelope.messageFrom - 1] != ' ') {
            return false;
        }
        return envelope.timestampKind == TimestampKind.ISO
                || envelope.timestampKind == TimestampKind.TRADITIONAL
                        && line[envelope.timestampFrom + TO_TRADITIONAL_END] == ' ';
    }

    int length() {
        return bytes.length;
    }

    /** Null for another program's lines. */
    @Nullable String node() {
        return node;
    }

    boolean isIso() {
        return clockFrom < bytes.length;
    }

    /** Whether the line that begins at {@code from} has this header and at least one byte of message. */
    boolean matches(byte[] line, int from, int to, @Nullable String of) {
        if (to - from <= bytes.length || !Swar.same(line, from, bytes, 0, clockFrom) || !Objects.equals(sender, of)) {
            return false;
        }
        return !isIso()
                || Swar.same(line, from + clockTo, bytes, clockTo, bytes.length - clockTo)
                        && readClock(line, from + clockFrom);
    }

    /** Fills {@code filled} as {@link EnvelopeParser} would for the line {@code line[from, to)}, which matched last. */
    void fill(byte[] line, int from, int to, Envelope filled) {
        filled.clear(line, from, to);
        filled.priority = priority;
        filled.timestampKind = isIso() ? TimestampKind.ISO : TimestampKind.TRADITIONAL;
        filled.timestampFrom = from + timestampFrom;
        if (isIso()) {
            filled.epochSecond = Math.floorDiv(micros, (long) SECOND_MICROS);
            filled.offsetSeconds = offsetSeconds;
            filled.nano = Math.floorMod(micros, SECOND_MICROS) * MICRO_NANOS;
            filled.fraction = clockTo > timestampFrom + TO_SECOND;
        }
        if (hostTo > hostFrom) {
            filled.hostFrom = from + hostFrom;
            filled.hostTo = from + hostTo;
        }
        filled.tagFrom = from + tagFrom;
        filled.tagTo = from + tagTo;
        filled.pid = pid;
        filled.messageFrom = from + bytes.length;
        filled.messageTo = MessageEnd.of(line, filled.messageFrom, to, true);
    }

    /** Whether it differs from the header of {@code line} only in the timestamp. */
    boolean isLike(CachedHeader other) {
        return timestampFrom == other.timestampFrom
                && timestampTo == other.timestampTo
                && isIso() == other.isIso()
                && Arrays.equals(bytes, 0, timestampFrom, other.bytes, 0, timestampFrom)
                && Arrays.equals(bytes, timestampTo, bytes.length, other.bytes, timestampTo, other.bytes.length)
                && Objects.equals(sender, other.sender);
    }

    /** The time of the line that matched last, in microseconds since 1970, or {@link SkippedLines#AT_TIMESTAMP}. */
    long micros() {
        return isIso() ? micros : SkippedLines.AT_TIMESTAMP;
    }

    /** Counts the line that matched last. */
    void count() {
        if (lines++ == 0) {
            earliestMicros = micros();
        } else {
            earliestMicros = Math.min(earliestMicros, micros());
        }
        latestMicros = Math.max(latestMicros, micros());
        minutes |= 1L << minute;
    }

    long lines() {
        return lines;
    }

    /** The lines skipped from a node since the last {@link #forgetLines}; {@link #node} is not null. */
    SkippedLines.OfNode skipped(String of) {
        return new SkippedLines.OfNode(
                of, pid, priority, lines, latestMicros, offsetSeconds, earliestMicros, hourMicros, minutes);
    }

    void forgetLines() {
        lines = 0;
        minutes = 0;
        latestMicros = SkippedLines.NEVER;
    }

    private boolean readClock(byte[] line, int at) {
        int minute = twoDigits(line, at);
        int second = twoDigits(line, at + 3);
        boolean valid = minute >= 0
                && minute < MINUTE_SECONDS
                && second >= 0
                && second <= MINUTE_SECONDS
                && line[at + 2] == ':';
        if (!valid) {
            return false;
        }
        int end = at + clockTo - clockFrom;
        int fractionFrom = at + TO_SECOND - TO_HOUR;
        int fraction = 0;
        if (fractionFrom < end) {
            if (line[fractionFrom] != '.') {
                return false;
            }
            int scale = SECOND_MICROS / 10;
            for (int i = fractionFrom + 1; i < end; i++) {
                int digit = line[i] - '0';
                if (digit < 0 || digit > 9) {
                    return false;
                }
                fraction += digit * scale;
                scale /= 10;
            }
        }
        this.minute = minute;
        micros = hourMicros + (minute * MINUTE_SECONDS + second) * (long) SECOND_MICROS + fraction;
        return true;
    }

    private static long secondMicros(byte[] bytes, int at) {
        return (twoDigits(bytes, at) * MINUTE_SECONDS + twoDigits(bytes, at + 3)) * (long) SECOND_MICROS;
    }

    private static int fractionEnd(byte[] bytes, int from) {
        int end = from;
        if (bytes[end] == '.') {
            end++;
            while (bytes[end] >= '0' && bytes[end] <= '9') {
                end++;
            }
        }
        return end;
    }

    private static int twoDigits(byte[] bytes, int at) {
        int tens = bytes[at] - '0';
        int ones = bytes[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }
}
