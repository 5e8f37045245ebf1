package io.risefall.ingest.line.header;

import io.risefall.ingest.line.header.Envelope.TimestampKind;
import io.risefall.ingest.line.timestamp.IsoTimestamp;
import io.risefall.ingest.line.timestamp.JournalctlTimestamp;
import io.risefall.ingest.line.timestamp.LocalTimestamp;
import java.time.ZoneOffset;

/** Puts the timestamps of a header into its envelope. Used by one thread. */
final class HeaderTimestamps {
    /** No zone has a larger offset from UTC. */
    private static final int MAX_OFFSET_SECONDS = ZoneOffset.MAX.getTotalSeconds();

    /** The one that was read last, which {@link #takeIso} takes. */
    final IsoTimestamp iso = new IsoTimestamp();

    private final HeaderLine line;

    HeaderTimestamps(HeaderLine line) {
        this.line = line;
    }

    /** @param from where {@link #iso} was read */
    void takeIso(int from) {
        line.envelope.timestampKind = TimestampKind.ISO;
        line.envelope.timestampFrom = from;
        line.envelope.epochSecond = iso.epochSecond();
        boolean zone = !iso.zulu() && Math.abs(iso.offset()) <= MAX_OFFSET_SECONDS;
        line.envelope.offsetSeconds = zone ? iso.offset() : Envelope.NO_OFFSET;
        line.envelope.nano = iso.nano();
        line.envelope.fraction = iso.fraction();
    }

    /** Seconds since 1970 and their fraction, in {@code length} bytes. */
    void takeUnix(int at, int length) {
        line.envelope.timestampKind = TimestampKind.ISO;
        line.envelope.timestampFrom = -1;
        line.envelope.epochSecond = JournalctlTimestamp.second(line.bytes, at);
        line.envelope.nano = JournalctlTimestamp.nano(line.bytes, at, length);
        line.envelope.fraction = true;
    }

    /** The one that was read last into the local time of the envelope. */
    void takeWritten(int at) {
        LocalTimestamp local = line.envelope.local;
        line.envelope.timestampKind = TimestampKind.LOCAL;
        line.envelope.timestampFrom = at;
        line.envelope.fraction = local.fraction();
        line.envelope.nano = local.nano();
        line.envelope.zoneWord = local.zoneFrom() < 0 ? "" : line.text(local.zoneFrom(), local.zoneTo());
    }

    /** Whether it is a local time of which nothing tells the zone. */
    boolean isWithoutZone() {
        return line.envelope.timestampKind == TimestampKind.TRADITIONAL
                || line.envelope.timestampKind == TimestampKind.LOCAL && line.envelope.zoneWord.isEmpty();
    }

    /** The text between timestamp and host is kept as an unknown zone. */
    void takeZone(int from, int end) {
        if (line.envelope.timestampKind == TimestampKind.TRADITIONAL) {
            line.envelope.local.read(line.bytes, line.envelope.timestampFrom, line.to);
            takeWritten(line.envelope.timestampFrom);
        }
        line.envelope.zoneWord = line.text(from, end);
    }
}
