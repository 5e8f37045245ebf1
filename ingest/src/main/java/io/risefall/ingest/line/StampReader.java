package io.risefall.ingest.line;

import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The moment of a line, from the bytes of its stamp. Lines come many to a second, so the last traditional stamp and what
 * it meant is kept. Used by one thread.
 */
final class StampReader {
    private static final int TRADITIONAL_LENGTH = "Nov  3 00:21:56".length();
    private static final int DATE_LENGTH = "2026-11-23".length();
    private static final int TIME_LENGTH = "00:21:56".length();
    private static final int NANOS_OF_MICRO = 1000;
    private static final long MICROS = 1_000_000;

    private final SourceTime time;
    private final byte[] lastStamp = new byte[TRADITIONAL_LENGTH];
    private @Nullable Instant lastMoment;

    StampReader(LineContext context) {
        time = new SourceTime(context);
    }

    /** Null where the line has no stamp, or one of no day. */
    @Nullable Instant read(Envelope envelope, Instant receivedAt) {
        byte[] bytes = envelope.bytes;
        return switch (envelope.stamp) {
            case NONE -> null;
            case ISO ->
                time.seen(Instant.ofEpochSecond(envelope.epochSecond, envelope.nano / NANOS_OF_MICRO * NANOS_OF_MICRO));
            case TRADITIONAL -> {
                Instant second = traditional(bytes, envelope.stampFrom, receivedAt);
                yield second == null ? null : second.plusNanos(envelope.nano / NANOS_OF_MICRO * NANOS_OF_MICRO);
            }
            case LOCAL -> local(bytes, envelope.stampFrom);
            case DAY_OF_YEAR ->
                time.ofDayOfYear(
                        IsoStamp.digits(bytes, envelope.stampFrom, 3),
                        timeOf(bytes, envelope.stampFrom + 4, 2),
                        receivedAt);
        };
    }

    /** Takes note of a moment that a line named which was not read. */
    Instant seen(long micros) {
        return time.seen(instant(micros));
    }

    /** The moment of {@code micros} microseconds since 1970. */
    static Instant instant(long micros) {
        long second = Math.floorDiv(micros, MICROS);
        return Instant.ofEpochSecond(second, (micros - second * MICROS) * NANOS_OF_MICRO);
    }

    /** What the traditional stamp read last stands for; null where it is of no day. */
    @Nullable Instant lastMoment() {
        return lastMoment;
    }

    /** For a line that names no time: when it came. */
    static Instant received(Instant receivedAt) {
        return receivedAt.truncatedTo(ChronoUnit.MICROS);
    }

    private @Nullable Instant traditional(byte[] bytes, int from, Instant receivedAt) {
        boolean same = lastMoment != null
                && Arrays.equals(bytes, from, from + TRADITIONAL_LENGTH, lastStamp, 0, TRADITIONAL_LENGTH);
        if (same) {
            return lastMoment;
        }
        int tens = bytes[from + 4] == ' ' ? 0 : bytes[from + 4] - '0';
        int day = tens * 10 + bytes[from + 5] - '0';
        lastMoment = time.of(EnvelopeParser.month(bytes, from), day, timeOf(bytes, from + 7, 3), receivedAt);
        System.arraycopy(bytes, from, lastStamp, 0, TRADITIONAL_LENGTH);
        return lastMoment;
    }

    /** {@code 2026-11-23 00:21:56 CET}: what stands for the source's zone there is not worth reading, only UTC is. */
    private @Nullable Instant local(byte[] bytes, int from) {
        LocalTime ofDay = timeOf(bytes, from + DATE_LENGTH + 1, 3);
        int zone = from + DATE_LENGTH + 1 + TIME_LENGTH + 1;
        boolean utc = bytes[zone] == 'U' && bytes[zone + 1] == 'T' && bytes[zone + 2] == 'C';
        return time.of(
                IsoStamp.digits(bytes, from, 4),
                IsoStamp.digits(bytes, from + 5, 2),
                IsoStamp.digits(bytes, from + 8, 2),
                ofDay,
                utc);
    }

    /** Hour, minute and second, each so many bytes behind the one before; a leap second is the one before it. */
    private static @Nullable LocalTime timeOf(byte[] bytes, int from, int step) {
        int hour = IsoStamp.digits(bytes, from, 2);
        int minute = IsoStamp.digits(bytes, from + step, 2);
        int second = Math.min(IsoStamp.digits(bytes, from + 2 * step, 2), 60);
        return hour < 24 && minute < 60 ? LocalTime.of(hour, minute, Math.min(second, 59)) : null;
    }
}
