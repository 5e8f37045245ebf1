package io.risefall.ingest.line.header;

import io.risefall.ingest.line.timestamp.LocalTimestamp;

/**
 * What stands around a message on its line, as places in bytes: those of the line, or for a line of JSON those of what
 * it holds. Filled anew for every line by {@link EnvelopeParser}, so that a line of traffic costs no object. Used by one
 * thread.
 */
public final class Envelope {
    /** In which form the line's time stands. */
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

    /** In which all places are. */
    public byte[] bytes = {};

    /** The number in {@code <…>}, or -1. */
    public int priority;

    /**
     * The severity of a service's output in the journal, or -1: of each line, where HAProxy says one ({@code short},
     * {@code timed}), else of all of them.
     */
    public int outputPriority;

    public TimestampKind timestampKind = TimestampKind.NONE;

    /** Where the timestamp begins; -1 for one that is no text of its own kind. */
    public int timestampFrom;

    /** An ISO timestamp, resolved. */
    public long epochSecond;

    /** What an ISO timestamp says that it is ahead of UTC; {@link #NO_OFFSET} where it says Z, or counts from 1970. */
    public int offsetSeconds;

    /** What a {@link Stamp#LOCAL} one says; of no meaning with others. */
    public final LocalTimestamp local = new LocalTimestamp();

    /** The zone of {@link #local} as it stands there; empty where none does. Of no meaning with other timestamps. */
    public String zoneWord = "";

    /** The fraction of a timestamp. */
    public int nano;

    public boolean fraction;

    /** The host's name; -1 where the header has none. */
    public int hostFrom;

    public int hostTo;

    /** The tag without pid and colon; -1 where the header has none. */
    public int tagFrom;

    public int tagTo;

    /** The process; -1 where the header has none. */
    public long pid;

    /** Of a copy for stderr: the process of the header around it. */
    long outerPid;

    public int messageFrom;
    public int messageTo;

    /** N of {@code message repeated N times}; 0 where the message stands alone. */
    public int repeated;

    /** Whether this is the copy that HAProxy writes on stderr. */
    public boolean stderrCopy;

    /** Which output of a container wrote it, where the line says so. */
    public Output output = Output.NONE;

    /** The name of what wrote it, where lines of several that were split can be mixed; else -1. */
    public int streamFrom;

    public int streamTo;

    /** Whether the line goes on in the next one of the same output or stream, as who wrote it says. */
    public boolean partial;

    /** Whether it is JSON that breaks off or says something twice. */
    public boolean damaged;

    /** Whether it was the message, too, that told what the header is: another line with the same bytes can be another. */
    public boolean dependent;

    /** Whether the line has a header in a form that HAProxy, or who writes its log, could have given it. */
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
     * Whether the timestamp tells the zone in which who wrote it writes timestamps. Z does not: programs write it in any zone; nor
     * does the timestamp of a container engine, which is not that of who speaks.
     */
    public boolean saysOffset() {
        return timestampKind == TimestampKind.ISO
                && offsetSeconds != NO_OFFSET
                && output == Output.NONE
                && !hasStream();
    }

    /** The process that the header around a copy for stderr names, else {@link #pid}; -1 where there is none. */
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
