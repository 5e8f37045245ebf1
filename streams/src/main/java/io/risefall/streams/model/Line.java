package io.risefall.streams.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.event.LogTarget;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.streams.process.Reload;
import java.time.Instant;
import java.util.Comparator;
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
 * @param target the log target and relay that it came by, as far as the line shows: {@link LogTarget}; null if it
 *     does not
 * @param nameEnd the end of its source's name, if its key lacks it ({@code .2.gz}); else null
 * @param position which line it is; not stored, as its key says it ({@link #of(String)}); null if it was not looked up
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Line(
        Instant at,
        @Nullable Long pid,
        @Nullable Severity severity,
        HealthMessage message,
        @Nullable TimestampPrecision stamp,
        @Nullable String target,
        @Nullable String nameEnd,
        @JsonIgnore @Nullable LinePosition position) {
    private static final Comparator<@Nullable String> BY_NAME = Comparator.nullsFirst(Comparator.naturalOrder());

    public Line(Instant at, @Nullable Long pid, @Nullable Severity severity, HealthMessage message) {
        this(at, pid, severity, message, null, null, null, null);
    }

    public static Line of(HealthEvent event) {
        return new Line(
                event.at(),
                event.pid(),
                event.severity(),
                event.message(),
                TimestampPrecision.of(event),
                LogTarget.of(event),
                LineKey.nameEnd(event.origin().source()),
                LinePosition.of(event.origin()));
    }

    /** This line as it was stored under this key. */
    public Line of(String key) {
        return new Line(at, pid, severity, message, stamp, target, nameEnd, LineKey.lineOf(key, nameEnd));
    }

    public Line at(Instant time) {
        return new Line(time, pid, severity, message, stamp, target, nameEnd, position);
    }

    /** Of this line and one with the same key the one to keep, whichever came first; a file has other names once it is compressed. */
    public Line orSame(@Nullable Line other) {
        return other != null && BY_NAME.compare(other.nameEnd, nameEnd) > 0 ? other : this;
    }

    /** Whether both say the same, wherever they were read. */
    public boolean isCopyOf(Line other) {
        return new Line(at, pid, severity, message, stamp, target, other.nameEnd, other.position).equals(other);
    }

    /** This line, with what only a duplicate of it has. It stays the one that counts. */
    public Line completedBy(Line copy) {
        return new Line(
                at,
                pid == null ? copy.pid : pid,
                severity == null ? copy.severity : severity,
                MessageEquivalence.isCut(message) && !MessageEquivalence.isCut(copy.message) ? copy.message : message,
                stamp,
                target,
                nameEnd,
                position);
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
