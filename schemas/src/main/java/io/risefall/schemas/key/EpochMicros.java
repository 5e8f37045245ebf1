package io.risefall.schemas.key;

import java.time.Instant;

/**
 * Moments as microseconds since 1970, as keys, stores and DuckDB have them. {@code ChronoUnit.MICROS.between} counts nanoseconds
 * first, which fit for 292 years only: one line that says year 9999 would end whoever reads it.
 */
public final class EpochMicros {
    private static final long PER_SECOND = 1_000_000;
    private static final int NANOS = 1000;

    private EpochMicros() {}

    /**
     * Rounded down.
     *
     * @throws ArithmeticException beyond 292,000 years
     */
    public static long of(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), PER_SECOND), at.getNano() / NANOS);
    }
}
