package io.risefall.query.whatif;

import java.time.Duration;
import java.time.Instant;

/** A moment that is known to be within a range. */
record TimeRange(Instant earliest, Instant latest) {
    static TimeRange at(Instant moment) {
        return new TimeRange(moment, moment);
    }

    /** Both. */
    TimeRange or(TimeRange other) {
        return new TimeRange(
                earliest.isBefore(other.earliest) ? earliest : other.earliest,
                latest.isAfter(other.latest) ? latest : other.latest);
    }

    /** How much later than a moment, at least, in milliseconds; negative: earlier. */
    long leastAfter(Instant moment) {
        return Duration.between(moment, earliest).toMillis();
    }

    /** How much later than a moment, at most. */
    long mostAfter(Instant moment) {
        return Duration.between(moment, latest).toMillis();
    }
}
