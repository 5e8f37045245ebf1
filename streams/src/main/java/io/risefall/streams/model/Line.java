package io.risefall.streams.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.streams.process.Reload;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored part of a health line, as long as corrections reach back.
 *
 * @param at event time
 * @param pid the process that printed it; null if the log has no pids
 * @param severity its severity; null if the log has none
 * @param message its message
 * @param stamp what {@code at} was taken from; null in lines that an older build stored
 * @param target the log target and relay that it came by, as far as the line shows: {@link LogPath#target}; null if it
 *     does not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Line(
        Instant at,
        @Nullable Long pid,
        @Nullable Severity severity,
        HealthMessage message,
        @Nullable TimestampPrecision stamp,
        @Nullable String target) {
    public Line(Instant at, @Nullable Long pid, @Nullable Severity severity, HealthMessage message) {
        this(at, pid, severity, message, null, null);
    }

    public static Line of(HealthEvent event) {
        return new Line(
                event.at(),
                event.pid(),
                event.severity(),
                event.message(),
                TimestampPrecision.of(event),
                LogPath.target(event));
    }

    public Line at(Instant time) {
        return new Line(time, pid, severity, message, stamp, target);
    }

    /** This line, with what only a duplicate of it has. */
    public Line completedBy(Line copy) {
        return new Line(
                at,
                pid == null ? copy.pid : pid,
                severity == null ? copy.severity : severity,
                MessageEquivalence.isCut(message) && !MessageEquivalence.isCut(copy.message) ? copy.message : message,
                stamp,
                target);
    }

    /** Whether its severity can be that of traffic, in which a client can forge such a line. */
    public boolean canBeForged() {
        return severity == null || severity.canBeTraffic();
    }

    /** Whether two lines can be of one process: a missing pid can be any. */
    public static boolean sameProcess(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null || one.equals(other);
    }

    /** What {@link #at} was taken from. */
    public TimestampPrecision precision() {
        return stamp == null ? TimestampPrecision.seenFrom(at) : stamp;
    }

    /** Whether the worker that printed it had been replaced: then it says nothing about the new worker's states. */
    public boolean isStale(List<Reload> reloads) {
        return pid != null && Reload.isStale(reloads, pid, message.proxy(), at);
    }
}
