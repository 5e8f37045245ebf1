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
 * What is kept of a health line for as long as it can still be corrected.
 *
 * @param at event time
 * @param pid the process that printed it; null where the log has none
 * @param severity its severity; null where the log has none
 * @param message what it said
 * @param stamp what {@code at} was taken from; null in lines that were kept before this was
 * @param target by which of HAProxy's log targets and over which relay it came, as far as the line tells: {@link
 *     LogPath#target}; null where it does not
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

    /** This line, with what only a copy of it says. */
    public Line completedBy(Line copy) {
        return new Line(
                at,
                pid == null ? copy.pid : pid,
                severity == null ? copy.severity : severity,
                MessageEquivalence.isCut(message) && !MessageEquivalence.isCut(copy.message) ? copy.message : message,
                stamp,
                target);
    }

    /** Whether its severity does not tell it from traffic, in which a client can plant such a line. */
    public boolean canBePlanted() {
        return severity == null || severity.canBeTraffic();
    }

    /** What {@link #at} was taken from. */
    public TimestampPrecision precision() {
        return stamp == null ? TimestampPrecision.seenFrom(at) : stamp;
    }

    /** Whether the worker that printed it had been replaced: it says nothing of what the new one holds true. */
    public boolean isStale(List<Reload> reloads) {
        return pid != null && Reload.isStale(reloads, pid, message.proxy(), at);
    }
}
