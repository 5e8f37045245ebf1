package io.risefall.ingest.line;

/**
 * What stands around a message on its line, as places in the line's bytes. Filled anew for every line by
 * {@link EnvelopeParser}, so that a line of traffic costs no object. Used by one thread.
 */
final class Envelope {
    /** In which form the line's time stands. */
    enum Stamp {
        NONE,
        /** {@code Nov  3 00:21:56}: no year, no zone. */
        TRADITIONAL,
        /** {@code 2026-11-23T00:21:56.466547+00:00}. */
        ISO,
        /** {@code 326/002156}: day of the year from 0 and local time, on stderr up to 2.2. */
        DAY_OF_YEAR
    }

    /** Which of a container's two outputs CRI names. */
    enum Output {
        NONE,
        STDOUT,
        STDERR
    }

    /** The number in {@code <…>}, or -1. */
    int priority;

    Stamp stamp;

    /** Where a traditional stamp or a day of the year begins. */
    int stampFrom;

    /** An ISO stamp, resolved. */
    long epochSecond;

    int nano;
    boolean fraction;

    /** The host's name; -1 where the header has none. */
    int hostFrom;

    int hostTo;

    /** The tag without pid and colon; -1 where the header has none. */
    int tagFrom;

    int tagTo;

    /** The process; -1 where the header has none. */
    long pid;

    int messageFrom;
    int messageTo;

    /** N of {@code message repeated N times}; 0 where the message stands alone. */
    int repeated;

    /** Whether this is the copy that HAProxy writes on stderr. */
    boolean stderrCopy;

    /** Which output of a container wrote it, where the line says so. */
    Output output;

    /** Whether CRI says that the line goes on in the next one. */
    boolean partial;

    /** Whether the line has a header in a form that HAProxy, or who writes its log, could have given it. */
    boolean known;

    void clear(int from, int to) {
        priority = -1;
        stamp = Stamp.NONE;
        stampFrom = -1;
        epochSecond = 0;
        nano = 0;
        fraction = false;
        hostFrom = -1;
        hostTo = -1;
        tagFrom = -1;
        tagTo = -1;
        pid = -1;
        messageFrom = from;
        messageTo = to;
        repeated = 0;
        stderrCopy = false;
        output = Output.NONE;
        partial = false;
        known = true;
    }

    boolean hasHost() {
        return hostFrom >= 0;
    }

    boolean hasTag() {
        return tagFrom >= 0;
    }

    /** Whether the line is nothing but the message. */
    boolean bare() {
        return priority < 0 && stamp == Stamp.NONE && !stderrCopy && output == Output.NONE;
    }
}
