package io.risefall.ingest.line.header;

import io.risefall.ingest.line.timestamp.LocalTimestamp;

/**
 * The parts of a line around its message, as positions in bytes: of the line, or of the text that a line of JSON holds.
 * Filled anew for every line by {@link EnvelopeParser}, so that a line of traffic costs no object. Used by one thread.
 */
public final class Envelope {
    /** The form of the line's timestamp. */
    public enum TimestampKind {
        NONE,
        /** {@code Nov  3 00:21:56}, {@code Nov  3 00:21:56.466547}: no year, no zone. */
        TRADITIONAL,
        /** {@code 2026-11-23T00:21:56.466547+00:00}, or seconds or microseconds since 1970. */
        ISO,
        /** In another form, whose fields are in {@link #local}: {@code 2026-11-23 00:21:56,123}, {@code Nov 3 00:21:56 EST}. */
        LOCAL,
        /** {@code 326/002156}: day of the year from 0 and local time, on stderr up to 2.2. */
        DAY_OF_YEAR
    }

    /** Which of a container's two outputs CRI or Docker names. */
    public enum Output {
        NONE,
        STDOUT,
        STDERR
    }

    public static final int NO_OFFSET = Integer.MIN_VALUE;

    /** The bytes that all positions refer to. */
    public byte[] bytes = {};

    /** The number in {@code <…>}, or -1. */
    public int priority;

    /**
     * The severity of a service's output in the journal, or -1: of each line, if HAProxy writes one ({@code short},
     * {@code timed}), else of all of them.
     */
    public int outputPriority;

    public TimestampKind timestampKind = TimestampKind.NONE;

    /** Where the timestamp begins; -1 if it is not in the text in its own form. */
    public int timestampFrom;

    /** An ISO timestamp, resolved. */
    public long epochSecond;

    /** The UTC offset of an ISO timestamp; {@link #NO_OFFSET} if it has Z, or counts from 1970. */
    public int offsetSeconds;

    /** The fields of a {@link TimestampKind#LOCAL} timestamp; undefined with others. */
    public final LocalTimestamp local = new LocalTimestamp();

    /** The zone of {@link #local} as written; empty if there is none. Undefined with other timestamps. */
    public String zoneWord = "";

    /** The fraction of a timestamp. */
    public int nano;

    public boolean fraction;

    /** The host's name; -1 if the header has none. */
    public int hostFrom;

    public int hostTo;

    /** The tag without pid and colon; -1 if the header has none. */
    public int tagFrom;

    public int tagTo;

    /** The process; -1 if the header has none. */
    public long pid;

    /** Of a copy for stderr: the process of the header around it. */
    long outerPid;

    public int messageFrom;
    public int messageTo;

    /** N of {@code message repeated N times}; 0 for a single message. */
    public int repeated;

    /** Whether this is the copy that HAProxy writes on stderr. */
    public boolean stderrCopy;

    /** The container's output that wrote it, if the line names one. */
    public Output output = Output.NONE;

    /** The name of the writer, if split lines of several writers can be mixed; else -1. */
    public int streamFrom;

    public int streamTo;

    /** Whether the writer marked the line as continued by the next one of the same output or stream. */
    public boolean partial;

    /** Whether it is incomplete JSON, or JSON with a repeated field. */
    public boolean damaged;

    /** Whether the message helped to recognize the header: another line with the same header bytes may be read differently. */
    public boolean dependent;

    /** Whether the header has a form that HAProxy, or a program that forwards its log, writes. */
    public boolean known;

    public void clear(byte[] line, int from, int to) {
        bytes = line;
        priority = -1;
        outputPriority = -1;
        timestampKind = TimestampKind.NONE;
        timestampFrom = -1;
        epochSecond = 0;
        offsetSeconds = NO_OFFSET;
        nano = 0;
        fraction = false;
        hostFrom = -1;
        hostTo = -1;
        tagFrom = -1;
        tagTo = -1;
        pid = -1;
        outerPid = -1;
        messageFrom = from;
        messageTo = to;
        repeated = 0;
        stderrCopy = false;
        output = Output.NONE;
        streamFrom = -1;
        streamTo = -1;
        partial = false;
        damaged = false;
        dependent = false;
        known = true;
    }

    /**
     * Whether the timestamp shows the zone of its writer's other timestamps. Z does not, because programs write it in
     * any zone; nor does the timestamp of a container engine, which is not the writer.
     */
    public boolean hasOwnOffset() {
        return timestampKind == TimestampKind.ISO
                && offsetSeconds != NO_OFFSET
                && output == Output.NONE
                && !hasStream();
    }

    /** The process of the header around a copy for stderr, else {@link #pid}; -1 if there is none. */
    public long headerPid() {
        return stderrCopy ? outerPid : pid;
    }

    boolean hasHost() {
        return hostFrom >= 0;
    }

    public boolean hasTag() {
        return tagFrom >= 0;
    }

    public boolean hasStream() {
        return streamFrom >= 0;
    }

    /** Whether the line is nothing but the message. */
    public boolean bare() {
        return priority < 0 && timestampKind == TimestampKind.NONE && !stderrCopy && output == Output.NONE;
    }
}
