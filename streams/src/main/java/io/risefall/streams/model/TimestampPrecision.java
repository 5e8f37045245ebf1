package io.risefall.streams.model;

import io.risefall.schemas.event.HealthEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the time of a line was taken from, the most precise first. */
public enum TimestampPrecision {
    /** The line's own timestamp, with fractions. */
    FRACTIONS(Duration.ZERO, Duration.ZERO),
    /** The time of receipt, some time after the line was printed: the line has no timestamp. */
    RECEIVED(Duration.ofSeconds(1), Duration.ZERO),
    /** The line's own timestamp in whole seconds: the line was printed within the second that it begins. */
    WHOLE(Duration.ZERO, Duration.ofSeconds(1));

    private final Duration before;
    private final Duration after;

    TimestampPrecision(Duration before, Duration after) {
        this.before = before;
        this.after = after;
    }

    static TimestampPrecision of(HealthEvent event) {
        if (!event.precise()) {
            return WHOLE;
        }
        return event.at().equals(event.receivedAt()) ? RECEIVED : FRACTIONS;
    }

    /** The most likely one, for lines that an older build stored without it. */
    static TimestampPrecision seenFrom(Instant at) {
        return at.equals(at.truncatedTo(ChronoUnit.SECONDS)) ? WHOLE : FRACTIONS;
    }

    /** The earliest time at which such a line can have been printed. */
    public Instant earliest(Instant at) {
        return before.isZero() ? at : at.minus(before);
    }

    /** The latest time at which such a line can have been printed. */
    public Instant latest(Instant at) {
        return after.isZero() ? at : at.plus(after);
    }
}
