package io.risefall.streams.model;

import io.risefall.schemas.event.HealthEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the time of a line was taken from, the finest first. */
public enum TimestampPrecision {
    /** The line's own, with fractions. */
    FRACTIONS(Duration.ZERO, Duration.ZERO),
    /** The line has none: when it was received, which is some time after it was printed. */
    RECEIVED(Duration.ofSeconds(1), Duration.ZERO),
    /** The line's own in whole seconds: it stands for the second that it begins. */
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

    /** What is most likely where it was not kept. */
    static TimestampPrecision seenFrom(Instant at) {
        return at.equals(at.truncatedTo(ChronoUnit.SECONDS)) ? WHOLE : FRACTIONS;
    }

    /** When a line of this time was printed at the earliest. */
    public Instant earliest(Instant at) {
        return at.minus(before);
    }

    /** When a line of this time was printed at the latest. */
    public Instant latest(Instant at) {
        return at.plus(after);
    }
}
