package io.risefall.schemas.state;

import io.risefall.schemas.Topics;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.key.EpochMicros;
import io.risefall.schemas.key.HealthKey;
import java.time.Duration;
import java.time.Instant;

/**
 * A time in which Risefall itself did not listen to a source that cannot send again: what one node said there is lost.
 * The value of {@link Topics#ABSENCES}; one record per node that had spoken in the source by then.
 *
 * @param node the HAProxy host; empty where none had spoken in the source yet
 * @param source the source, as in {@link Origin#source()}
 * @param fromAt when it was last listened to, by Risefall's clock
 * @param toAt when it was listened to again
 * @param why what happened, in words
 * @param behindMillis by how much the stamps of the node were behind the arrival of its lines before; less than zero where
 *     its clock was ahead, and zero where nothing is known of it
 */
public record Absence(String node, String source, Instant fromAt, Instant toAt, String why, long behindMillis) {
    /** Lines are late on their way, and stamps can be of whole seconds: less than this is not a clock that is off. */
    private static final Duration CLOCK = Duration.ofSeconds(2);

    public Absence {
        if (toAt.isBefore(fromAt)) {
            throw new IllegalArgumentException("an absence ends before it begins: " + fromAt + " to " + toAt);
        }
    }

    /** The key: {@code node/source/begin in epoch microseconds}. */
    public String key() {
        return HealthKey.escape(node) + "/" + source + "/" + EpochMicros.of(fromAt);
    }

    /** The earliest time that a lost line can bear: where the node's clock is off, both it and Risefall's may be right. */
    public Instant stampedFrom() {
        return isOff() && behindMillis > 0 ? fromAt.minusMillis(behindMillis) : fromAt;
    }

    /** A line that bears this time or a later one was not lost. */
    public Instant stampedTo() {
        return isOff() && behindMillis < 0 ? toAt.minusMillis(behindMillis) : toAt;
    }

    private boolean isOff() {
        return Math.abs(behindMillis) > CLOCK.toMillis();
    }
}
