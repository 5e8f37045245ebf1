package io.risefall.ingest.line.timestamp;

import java.time.Instant;

/**
 * A count since 1970 as log stores write it: seconds, with or without a fraction, or milli-, micro- or nanoseconds, told
 * apart by how many digits they have from 2001 to 2286. Used by one thread.
 */
public final class EpochTimestamp {
    private static final int SECOND_DIGITS = 10;
    private static final int NANO_DIGITS = 9;
    private static final long MICROS = 1_000_000;
    private static final int NANOS_OF_MICRO = 1000;

    private long second;
    private int nano;
    private boolean fraction;

    /** Whether {@code bytes[from, to)} is one. */
    public boolean read(byte[] bytes, int from, int to) {
        second = 0;
        nano = 0;
        int digits = 0;
        int at = from;
        boolean point = false;
        for (; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digits == SECOND_DIGITS && bytes[at] == '.' && !point) {
                point = true;
                continue;
            }
            if (digit < 0 || digit > 9) {
                return false;
            }
            if (digits < SECOND_DIGITS) {
                second = second * 10 + digit;
            } else if (digits < SECOND_DIGITS + NANO_DIGITS) {
                nano = nano * 10 + digit;
            }
            digits++;
        }
        int behind = digits - SECOND_DIGITS;
        boolean whole = behind == 0 || behind == 3 || behind == 6 || behind == 9;
        if (behind < 0 || !point && !whole || to - from > 2 * SECOND_DIGITS + NANO_DIGITS) {
            return false;
        }
        for (int i = behind; i < NANO_DIGITS; i++) {
            nano *= 10;
        }
        fraction = behind > 0;
        return true;
    }

    public long second() {
        return second;
    }

    public int nano() {
        return nano;
    }

    /** Whether it counts finer than seconds. */
    public boolean fraction() {
        return fraction;
    }

    /** The instant {@code micros} microseconds after 1970 began. */
    public static Instant ofMicros(long micros) {
        long second = Math.floorDiv(micros, MICROS);
        return Instant.ofEpochSecond(second, (micros - second * MICROS) * NANOS_OF_MICRO);
    }
}
