package io.risefall.ingest.line.timestamp;

import java.nio.charset.StandardCharsets;

/**
 * {@code Nov  3 00:21:56} as syslog daemons write it, byte for byte: the most frequent timestamp. Similar
 * ones are read by {@link io.risefall.ingest.line.timestamp.LocalTimestamp}.
 */
public final class TraditionalTimestamp {
    public static final int LENGTH = "Nov  3 00:21:56".length();

    private static final byte[] MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec".getBytes(StandardCharsets.US_ASCII);
    private static final int MICRO_DIGITS = 6;

    private TraditionalTimestamp() {}

    /** Whether it is at {@code at}, followed by a space, or by microseconds and a space, and not by a year. */
    public static boolean isAt(byte[] bytes, int at, int to) {
        return to - at > LENGTH
                && month(bytes, at) > 0
                && bytes[at + 3] == ' '
                && (bytes[at + 4] == ' ' || bytes[at + 4] >= '0' && bytes[at + 4] <= '3')
                && bytes[at + 6] == ' '
                && bytes[at + 9] == ':'
                && bytes[at + 12] == ':'
                && (bytes[at + LENGTH] == ' ' ? !isYear(bytes, at + LENGTH + 1, to) : hasMicros(bytes, at, to))
                && IsoTimestamp.digits(bytes, at + 5, 1) >= 0
                && IsoTimestamp.digits(bytes, at + 7, 2) >= 0
                && IsoTimestamp.digits(bytes, at + 10, 2) >= 0
                && IsoTimestamp.digits(bytes, at + 13, 2) >= 0;
    }

    /** Whether the one at {@code at} has the microseconds of {@code journalctl -o short-precise}: {@code .466547 }. */
    public static boolean hasMicros(byte[] bytes, int at, int to) {
        int end = at + LENGTH + 1 + MICRO_DIGITS;
        return bytes[at + LENGTH] == '.' && end < to && nano(bytes, at) >= 0 && bytes[end] == ' ';
    }

    /** Of one that has microseconds. */
    public static int nano(byte[] bytes, int at) {
        int micros = IsoTimestamp.digits(bytes, at + LENGTH + 1, MICRO_DIGITS);
        return micros < 0 ? -1 : micros * 1000;
    }

    public static int end(boolean micros, int at) {
        return micros ? at + LENGTH + 1 + MICRO_DIGITS : at + LENGTH;
    }

    /** 1 to 12; 0 if no month's name stands here. */
    public static int month(byte[] bytes, int at) {
        for (int i = 0; i < MONTHS.length; i += 3) {
            if (bytes[at] == MONTHS[i] && bytes[at + 1] == MONTHS[i + 1] && bytes[at + 2] == MONTHS[i + 2]) {
                return i / 3 + 1;
            }
        }
        return 0;
    }

    /** {@code 2025 }: no host is called so. */
    private static boolean isYear(byte[] bytes, int at, int to) {
        return at + 4 < to
                && (bytes[at] == '1' || bytes[at] == '2')
                && (bytes[at + 4] == ' ' || bytes[at + 4] == ':')
                && IsoTimestamp.digits(bytes, at, 4) >= 0;
    }
}
