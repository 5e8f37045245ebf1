package io.risefall.query.report.period;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.report.model.StateDurations;
import io.risefall.query.text.Percent;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A backend in the period.
 *
 * @param servers how many servers it has, a role backend one
 * @param measuredMs how much of the period its availability is of: from its first line to the end of the log
 * @param withoutServerMs time in which it had no server, or a role backend no leader; unknown time is not counted
 * @param withoutServerLowMs the same at least
 * @param withoutServerHighMs the same at most, if it had none in all time that is not known
 * @param forSomeMs of that time, that in which it was so for only some nodes
 * @param withoutServer how often it was so
 * @param serverTime time of all its servers together
 * @param outages of its servers that touch the period
 * @param begun how many of them began in it
 * @param recoveries how many of them ended with an UP in it
 * @param mttrMs mean whole length of those that ended with an UP
 */
@JsonPropertyOrder({"proxy", "role", "servers"})
public record BackendPeriod(
        String proxy,
        boolean role,
        int servers,
        long measuredMs,
        long withoutServerMs,
        long withoutServerLowMs,
        long withoutServerHighMs,
        long forSomeMs,
        int withoutServer,
        StateDurations serverTime,
        int outages,
        int begun,
        int recoveries,
        @Nullable Long mttrMs) {
    static final Comparator<BackendPeriod> WORST_FIRST = Comparator.comparing(
                    (BackendPeriod backend) -> -backend.withoutServerMs)
            .thenComparing(backend -> -backend.serverTime.downMs())
            .thenComparing(backend -> -backend.outages)
            .thenComparing(BackendPeriod::proxy);

    /** Share of the measured time in which it had a server; null where nothing was measured. */
    @JsonProperty("availability")
    public @Nullable Double availability() {
        return Percent.fraction(measuredMs - withoutServerMs, measuredMs);
    }

    @JsonProperty("availability_low")
    public @Nullable Double availabilityLow() {
        return Percent.fraction(measuredMs - withoutServerHighMs, measuredMs);
    }

    @JsonProperty("availability_high")
    public @Nullable Double availabilityHigh() {
        return Percent.fraction(measuredMs - withoutServerLowMs, measuredMs);
    }

    /** {@code 99.98 %}, or {@code unknown}. */
    @JsonIgnore
    public String availabilityText() {
        return Percent.of(measuredMs - withoutServerMs, measuredMs);
    }

    /** Whether there is something to tell of it. */
    @JsonIgnore
    public boolean isTroubled() {
        return outages > 0 || serverTime.downMs() > 0 || withoutServerMs > 0 || withoutServer > 0;
    }
}
