package io.risefall.ingest.line.skip;

import io.risefall.ingest.line.bytes.Swar;
import io.risefall.ingest.line.header.Envelope;
import io.risefall.ingest.line.header.Envelope.TimestampKind;
import io.risefall.ingest.message.HealthPrefixes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Skips lines without parsing them: those with the header of an earlier line ({@link CachedHeader}) and a message that
 * begins like none of HAProxy's about health. A skipped line is certainly traffic or unrelated; a line that is not
 * skipped may be. The reader must pass every line that was neither skipped nor recognized to {@link #learn}. Used by
 * one thread.
 */
public final class LineSkipper {
    /** Headers kept: one per node, process and program of a log. With more, some lines are parsed needlessly. */
    public static final int MAX_HEADERS = 8;

    private static final byte[] EMPTY_TIMESTAMP = {};

    /**
     * First bytes of a message after which the header has certainly ended. Not those that the header parser looks for
     * after a tag (a copy of stderr, a repeated message, a byte order mark, a space, what follows {@code Proxy
     * haproxy:} and {@code backend haproxy:}), nor those that can end a line.
     */
    private static final boolean[] ENDS_HEADER = new boolean[128];

    /** Those of them that begin no health sentence. */
    private static final boolean[] ENDS_SEARCH = new boolean[128];

    static {
        Arrays.fill(ENDS_HEADER, '!', '~' + 1, true);
        for (char first : "[{<msh".toCharArray()) {
            ENDS_HEADER[first] = false;
        }
        for (byte first = '!'; first <= '~'; first++) {
            ENDS_SEARCH[first] = ENDS_HEADER[first] && !HealthPrefixes.isFirst(first);
        }
    }

    private final CachedHeader[] headers;
    private int known;
    private int next;
    private int last;
    private boolean stopped;
    private byte[] timestamp = EMPTY_TIMESTAMP;
    private long lines;
    private long lastMicros = SkippedLines.NEVER;
    private @Nullable String endsAtTimestampOf;

    /** @param most headers kept */
    public LineSkipper(int most) {
        headers = new CachedHeader[most];
    }

    /**
     * Counts the line at {@code from} if it can be skipped.
     *
     * @param to the end of the line, or of a later line if this one's is not known yet
     * @param sender the peer's address for network input; else null
     * @return a position in the line, before its end; -1 if the line must be read
     */
    public int skip(byte[] bytes, int from, int to, @Nullable String sender) {
        CachedHeader header = headerOf(bytes, from, to, sender);
        if (header == null) {
            return -1;
        }
        int message = from + header.length();
        byte first = bytes[message];
        if (first < 0 || !ENDS_SEARCH[first]) {
            return -1;
        }
        int space = Swar.indexOf((byte) ' ', bytes, message, to);
        if (space >= 0 && HealthPrefixes.addressGoesOn(bytes, space, to)) {
            return -1;
        }
        header.count();
        lines++;
        if (header.node() != null) {
            endsAtTimestampOf = header.isIso() ? null : header.node();
            lastMicros = header.isIso() ? header.micros() : lastMicros;
        }
        return message;
    }

    private @Nullable CachedHeader headerOf(byte[] bytes, int from, int to, @Nullable String sender) {
        if (last < known && headers[last].matches(bytes, from, to, sender)) {
            return headers[last];
        }
        for (int i = 0; i < known; i++) {
            if (i != last && headers[i].matches(bytes, from, to, sender)) {
                last = i;
                return headers[i];
            }
        }
        return null;
    }

    /**
     * Fills the envelope of a line without parsing it, if its header is known.
     *
     * @return false if the line must be parsed
     */
    public boolean recognize(byte[] bytes, int from, int to, @Nullable String sender, Envelope filled) {
        CachedHeader header = headerOf(bytes, from, to, sender);
        if (header == null) {
            return false;
        }
        byte first = bytes[from + header.length()];
        if (first < 0 || !ENDS_HEADER[first]) {
            return false;
        }
        header.fill(bytes, from, to, filled);
        return true;
    }

    /**
     * Learns from a line that was neither skipped nor recognized.
     *
     * @param node the node that logged it; null if it is another program's line
     * @param timed whether its time is certainly resolved
     */
    public void learn(
            byte[] line, int from, Envelope envelope, @Nullable String node, @Nullable String sender, boolean timed) {
        if (lines > 0) {
            throw new IllegalStateException(lines + " skipped lines not taken before the next line is read");
        }
        boolean traditional = envelope.timestampKind == TimestampKind.TRADITIONAL;
        if (traditional && node != null) {
            forgetOtherTimestamps(envelope);
        }
        if (stopped || traditional && !timed || !CachedHeader.isCacheable(line, from, envelope)) {
            return;
        }
        CachedHeader header = new CachedHeader(line, from, envelope, node, sender);
        for (int i = 0; i < known; i++) {
            if (headers[i].isLike(header)) {
                headers[i] = header;
                return;
            }
        }
        if (known < headers.length) {
            headers[known++] = header;
        } else if (known > 0) {
            headers[next] = header;
            next = (next + 1) % headers.length;
        }
    }

    /**
     * The meaning of a traditional timestamp can depend on the one before it, so only lines with the timestamp that was
     * read last can be skipped.
     */
    private void forgetOtherTimestamps(Envelope envelope) {
        int from = envelope.timestampFrom;
        if (EMPTY_TIMESTAMP == timestamp
                || !Arrays.equals(timestamp, 0, timestamp.length, envelope.bytes, from, from + timestamp.length)) {
            timestamp = Arrays.copyOfRange(envelope.bytes, from, from + CachedHeader.TO_TRADITIONAL_END);
            forgetTimestamped();
        }
    }

    private void forgetTimestamped() {
        int kept = 0;
        for (int i = 0; i < known; i++) {
            if (headers[i].isIso() || headers[i].node() == null) {
                headers[kept++] = headers[i];
            }
        }
        known = kept;
        next = 0;
    }

    /** Forgets what traditional timestamps mean: the next lines do not follow the last ones. */
    public void forgetTimestamps() {
        timestamp = EMPTY_TIMESTAMP;
        forgetTimestamped();
    }

    /** Skips nothing from now on: what looks like a line can be part of a binary field. */
    public void stop() {
        stopped = true;
        known = 0;
        next = 0;
    }

    /** The lines skipped since the last call; null if there are none. */
    public @Nullable SkippedLines take() {
        if (lines == 0) {
            return null;
        }
        long unrelated = 0;
        List<SkippedLines.OfNode> traffic = new ArrayList<>(1);
        for (int i = 0; i < known; i++) {
            CachedHeader header = headers[i];
            String node = header.node();
            if (node == null) {
                unrelated += header.lines();
            } else if (header.lines() > 0) {
                traffic.add(header.skipped(node));
            }
            header.forgetLines();
        }
        SkippedLines skipped = new SkippedLines(unrelated, traffic, lastMicros, endsAtTimestampOf);
        lines = 0;
        lastMicros = SkippedLines.NEVER;
        endsAtTimestampOf = null;
        return skipped;
    }
}
