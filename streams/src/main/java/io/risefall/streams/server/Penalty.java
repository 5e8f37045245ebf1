package io.risefall.streams.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.state.Flapping;
import io.risefall.streams.model.StreamsSettings.Damping;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The damping penalty of one server (RFC 2439): grows with every DOWN, halves with time. Pure.
 *
 * @param value the penalty at {@code at}
 * @param at when it last grew, or an outage began that does not count
 * @param downs DOWNs since the server was last calm
 * @param episode the episode they led to; null while there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Penalty(
        double value, Instant at, int downs, @Nullable Flapping episode) {
    public static final Penalty NONE = new Penalty(0, Instant.EPOCH, 0, null);

    private static final double MICROS = 1e6;

    /** The penalty after a DOWN at {@code time}. */
    public Penalty onDown(String node, ServerName server, Instant time, Damping damping) {
        double left = decayed(time, damping);
        boolean calm = left < damping.calmBelow();
        double grown = Math.min(left + damping.perDown(), damping.ceiling());
        int count = calm ? 1 : downs + 1;
        Flapping before = calm ? null : episode;
        if (before == null && grown < damping.flappingFrom()) {
            return new Penalty(grown, time, count, null);
        }
        Instant start = before == null ? time : before.startedAt();
        double peak = before == null ? grown : Math.max(grown, before.peakPenalty());
        Flapping now = new Flapping(node, server, start, calmAt(grown, time, damping), count, peak);
        return new Penalty(grown, time, count, now);
    }

    /** The penalty after an outage that began at {@code time} and does not count. */
    Penalty uncounted(Instant time, Damping damping) {
        return new Penalty(decayed(time, damping), time, downs, episode);
    }

    private double decayed(Instant time, Damping damping) {
        double halves = Math.max(0, seconds(Duration.between(at, time))) / seconds(damping.halfLife());
        return value * Math.pow(0.5, halves);
    }

    private static Instant calmAt(double value, Instant time, Damping damping) {
        double halves = Math.log(value / damping.calmBelow()) / Math.log(2);
        return time.plusNanos(((long) (halves * seconds(damping.halfLife()) * MICROS)) * 1000);
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}
