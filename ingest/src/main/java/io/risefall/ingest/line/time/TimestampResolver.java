package io.risefall.ingest.line.time;

import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.header.Envelope;
import io.risefall.ingest.line.skip.SkippedLines;
import io.risefall.ingest.line.timestamp.EpochTimestamp;
import io.risefall.ingest.line.timestamp.IsoTimestamp;
import io.risefall.ingest.line.timestamp.LocalTimestamp;
import io.risefall.ingest.line.timestamp.TraditionalTimestamp;
import io.risefall.ingest.line.timestamp.ZoneAbbreviations;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the timestamp of a line to an instant, and records what it tells about the time of its node. Used by one
 * thread.
 */
public final class TimestampResolver {
    private static final int NANOS_OF_MICRO = 1000;
    /**
     * A clock that was never set says 1970, and a line without a year may then be of the year before. What is further off is no
     * time of a line, and would be counted day by day.
     */
    private static final Instant FIRST = Instant.parse("1969-01-01T00:00:00Z");

    private static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

    private final SourceTime time;
    private final NodeTimes nodes;

    public TimestampResolver(LineContext context, NodeTimes nodes) {
        this.time = new SourceTime(context, nodes);
        this.nodes = nodes;
    }

    /** Null if the line has no timestamp, or one that cannot be: {@link #why} says why not. */
    public @Nullable Instant read(Envelope envelope, String name, Instant receivedAt) {
        NodeTimes.Node node = nodes.of(name);
        Instant at = at(envelope, node, receivedAt);
        if (at == null || isOutside(at)) {
            return null;
        }
        node.seen(at);
        if (envelope.hasOwnOffset()) {
            node.offset(envelope.offsetSeconds, at);
        }
        return at;
    }

    private static boolean isOutside(Instant at) {
        return at.isBefore(FIRST) || !at.isBefore(END);
    }

    private @Nullable Instant at(Envelope envelope, NodeTimes.Node node, Instant receivedAt) {
        byte[] bytes = envelope.bytes;
        return switch (envelope.timestampKind) {
            case NONE -> null;
            case ISO -> isoMoment(envelope);
            case TRADITIONAL -> {
                Instant second = traditional(bytes, envelope.timestampFrom, node, receivedAt);
                yield second == null ? null : second.plusNanos(micros(envelope));
            }
            case LOCAL -> {
                Instant second = local(envelope, node, receivedAt);
                yield second == null ? null : second.plusNanos(micros(envelope));
            }
            case DAY_OF_YEAR ->
                time.ofDayOfYear(
                        node,
                        IsoTimestamp.digits(bytes, envelope.timestampFrom, 3),
                        timeOf(bytes, envelope.timestampFrom + 4, 2),
                        receivedAt);
        };
    }

    /** The instant of an ISO timestamp. */
    static Instant isoMoment(Envelope envelope) {
        return Instant.ofEpochSecond(envelope.epochSecond, micros(envelope));
    }

    private static int micros(Envelope envelope) {
        return envelope.nano / NANOS_OF_MICRO * NANOS_OF_MICRO;
    }

    /**
     * Records lines of a node that were skipped.
     *
     * @return the latest of their times; null if they name a day that does not exist
     */
    public @Nullable Instant skipped(SkippedLines.OfNode lines) {
        NodeTimes.Node node = nodes.of(lines.node());
        if (lines.latestMicros() == SkippedLines.AT_TIMESTAMP) {
            return node.lastTimestamp().moment();
        }
        Instant latest = node.seen(EpochTimestamp.ofMicros(lines.latestMicros()));
        if (lines.offsetSeconds() != Envelope.NO_OFFSET) {
            node.offset(lines.offsetSeconds(), latest);
        }
        return latest;
    }

    /** The instant of the traditional timestamp read last from a node; null if its day does not exist. */
    public @Nullable Instant lastMoment(String name) {
        return nodes.of(name).lastTimestamp().moment();
    }

    /** For a line without a timestamp: its receive time. */
    public static Instant received(Instant receivedAt) {
        return receivedAt.truncatedTo(ChronoUnit.MICROS);
    }

    private @Nullable Instant traditional(byte[] bytes, int from, NodeTimes.Node node, Instant receivedAt) {
        TimestampCache last = node.lastTimestamp();
        ZoneId zone = time.zoneOf(node);
        if (last.is(bytes, from, zone)) {
            return last.moment();
        }
        int tens = bytes[from + 4] == ' ' ? 0 : bytes[from + 4] - '0';
        int day = tens * 10 + bytes[from + 5] - '0';
        int month = TraditionalTimestamp.month(bytes, from);
        return last.set(bytes, from, zone, time.of(node, zone, month, day, timeOf(bytes, from + 7, 3), receivedAt));
    }

    /** Null also if its zone is ambiguous or unknown and no zone is configured. */
    private @Nullable Instant local(Envelope envelope, NodeTimes.Node node, Instant receivedAt) {
        LocalTimestamp timestamp = envelope.local;
        String word = envelope.zoneWord;
        ZoneId own = time.zoneOf(node);
        ZoneId said = word.isEmpty() ? own : ZoneAbbreviations.of(word);
        LocalTime ofDay = time(timestamp.hour(), timestamp.minute(), timestamp.second());
        ZoneId zone = said == null ? own : said;
        Instant at = timestamp.year() > 0
                ? time.of(node, zone, timestamp.year(), timestamp.month(), timestamp.day(), ofDay, receivedAt)
                : time.of(node, zone, timestamp.month(), timestamp.day(), ofDay, receivedAt);
        if (at == null || said != null) {
            return at;
        }
        LocalDateTime there = LocalDateTime.ofInstant(at, own);
        ZoneOffset offset = ZoneAbbreviations.offsetOf(word, own, there);
        if (offset != null) {
            return there.toInstant(offset);
        }
        return time.isZoneConfigured() ? at : null;
    }

    /** Why {@link #read} found no time although the line has a timestamp. */
    public static String why(Envelope envelope) {
        boolean zone = envelope.timestampKind == Envelope.TimestampKind.LOCAL
                && !envelope.zoneWord.isEmpty()
                && ZoneAbbreviations.of(envelope.zoneWord) == null;
        if (zone) {
            return ZoneAbbreviations.refusal(envelope.zoneWord);
        }
        return envelope.timestampKind == Envelope.TimestampKind.ISO
                ? "a time before 1969 or after 2199"
                : "a time that does not exist";
    }

    /** Hour, minute and second, each {@code step} bytes after the one before. */
    private static @Nullable LocalTime timeOf(byte[] bytes, int from, int step) {
        int hour = IsoTimestamp.digits(bytes, from, 2);
        int minute = IsoTimestamp.digits(bytes, from + step, 2);
        return time(hour, minute, Math.min(IsoTimestamp.digits(bytes, from + 2 * step, 2), 60));
    }

    /** A leap second counts as the second before it. */
    private static @Nullable LocalTime time(int hour, int minute, int second) {
        return hour < 24 && minute < 60 && second <= 60 ? LocalTime.of(hour, minute, Math.min(second, 59)) : null;
    }
}
