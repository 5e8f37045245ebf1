package io.risefall.streams.absence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server's state is doubtful: nobody listened for a while, and no line has confirmed it since.
 *
 * @param since the earliest time of a change: the begin of the first absence, or just after a line from within one
 * @param from the begin of the latest absence
 * @param until its end
 * @param certain whether the open outage was certain before
 * @param maybeFellAt when a check failed that either ended a fall or was one of a server that was DOWN
 * @param settled whether that check showed that the server was DOWN all along, unless it ended a fall
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OpenDoubt(
        Instant since,
        Instant from,
        Instant until,
        boolean certain,
        @Nullable Instant maybeFellAt,
        @JsonProperty("told") boolean settled) {
    public static OpenDoubt begin(AbsencePeriod away, boolean certain) {
        return new OpenDoubt(away.from(), away.from(), away.until(), certain, null, false);
    }

    /** After one more absence, before any line. */
    public OpenDoubt and(AbsencePeriod away) {
        return new OpenDoubt(since, away.from(), away.until(), certain, null, false);
    }

    public OpenDoubt certain(boolean outageWas) {
        return new OpenDoubt(since, from, until, outageWas, maybeFellAt, settled);
    }

    public OpenDoubt since(Instant time) {
        return new OpenDoubt(time, from, until, certain, maybeFellAt, settled);
    }

    public OpenDoubt maybeFell(Instant at, boolean wasDown) {
        return new OpenDoubt(since, from, until, certain, at, wasDown);
    }
}
