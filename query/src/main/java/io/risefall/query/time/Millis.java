package io.risefall.query.time;

import io.risefall.schemas.key.EpochMicros;
import java.time.Instant;

/**
 * Moments as whole milliseconds since 1970, rounded as DuckDB's {@code epoch_ms} does, half up: so that a report and the
 * views, which compute durations with it, say the same number.
 */
public final class Millis {
    private Millis() {}

    public static long of(Instant at) {
        long micros = EpochMicros.of(at);
        return micros < 0 ? -((-micros + 500) / 1000) : (micros + 500) / 1000;
    }

    public static long between(Instant from, Instant to) {
        return of(to) - of(from);
    }
}
