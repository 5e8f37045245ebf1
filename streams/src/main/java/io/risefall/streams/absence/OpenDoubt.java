package io.risefall.streams.absence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server's state stands only because nothing else was heard: nobody listened, and no line has told since.
 *
 * @param since from when on nothing is known: the begin of the first absence, or behind a line that came from within one
 * @param from the begin of the latest absence
 * @param until its end
 * @param certain whether the outage that stands was certain before
 * @param maybeFellAt when a check failed that was the last one of a fall, or told news of a server that was DOWN
 * @param told whether that check has told that the server was DOWN all along, if it was no fall
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OpenDoubt(
        Instant since,
        Instant from,
        Instant until,
        boolean certain,
        @Nullable Instant maybeFellAt,
        boolean told) {
    public static OpenDoubt begin(AbsencePeriod away, boolean certain) {
        return new OpenDoubt(away.from(), away.from(), away.until(), certain, null, false);
    }

    /** Away once more, before a line told. */
    public OpenDoubt and(AbsencePeriod away) {
        return new OpenDoubt(since, away.from(), away.until(), certain, null, false);
    }

    public OpenDoubt certain(boolean outageWas) {
        return new OpenDoubt(since, from, until, outageWas, maybeFellAt, told);
    }

    public OpenDoubt since(Instant time) {
        return new OpenDoubt(time, from, until, certain, maybeFellAt, told);
    }

    public OpenDoubt maybeFell(Instant at, boolean wasDown) {
        return new OpenDoubt(since, from, until, certain, at, wasDown);
    }
}
