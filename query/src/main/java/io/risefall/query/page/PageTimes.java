package io.risefall.query.page;

import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** Moments and durations as one who looks at a page wants them. */
public record PageTimes(Instant now, ZoneId zone) {
    /** {@code 14:03:07}; with the date, if that is another day. */
    public String at(Instant then) {
        return new LocalTimes(now.atZone(zone).toLocalDate(), zone).at(then);
    }

    /** Date and clock with the zone's offset. */
    public String full(Instant then) {
        return new LocalTimes(now.atZone(zone).toLocalDate(), zone).full(then);
    }

    /** {@code 12 min 4 s}. */
    public String ago(Instant then) {
        return Durations.text(Math.max(0, now.toEpochMilli() / 1000 - then.toEpochMilli() / 1000) * 1000);
    }

    /** How long something lasted. */
    public String length(long millis) {
        return Durations.text(millis);
    }

    /** From one moment to another. */
    public String between(Instant from, Instant to) {
        return Durations.text(Duration.between(from, to).toMillis());
    }
}
