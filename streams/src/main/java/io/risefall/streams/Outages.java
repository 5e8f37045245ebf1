package io.risefall.streams;

import io.risefall.schemas.CheckReason;
import io.risefall.schemas.Outage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Outages with one thing changed. */
final class Outages {
    private Outages() {}

    /** An outage as it stands when nothing is known of it any more. */
    static Outage lostSight(Outage outage, Instant at) {
        return ended(outage, at, Outage.EndedBy.UNKNOWN, false);
    }

    static Outage ended(Outage outage, Instant at, Outage.EndedBy by, boolean certain) {
        return copy(outage, at, by, outage.reason(), outage.agent(), outage.joined(), outage.backendEmptied(), certain);
    }

    /** The same, its begin or end inferred and not said by a line. */
    static Outage uncertain(Outage outage) {
        return copy(
                outage,
                outage.endedAt(),
                outage.endedBy(),
                outage.reason(),
                outage.agent(),
                outage.joined(),
                outage.backendEmptied(),
                false);
    }

    static Outage withReason(Outage outage, @Nullable CheckReason reason, boolean agent, boolean joined) {
        return copy(outage, null, null, reason, agent, joined, outage.backendEmptied(), outage.certain());
    }

    static Outage emptied(Outage outage) {
        return copy(outage, null, null, outage.reason(), outage.agent(), outage.joined(), true, outage.certain());
    }

    private static Outage copy(
            Outage outage,
            @Nullable Instant endedAt,
            Outage.@Nullable EndedBy endedBy,
            @Nullable CheckReason reason,
            boolean agent,
            boolean joined,
            boolean backendEmptied,
            boolean certain) {
        return new Outage(
                outage.node(),
                outage.server(),
                outage.backup(),
                outage.startedAt(),
                endedAt,
                endedBy,
                reason,
                outage.changedFrom(),
                outage.via(),
                agent,
                joined,
                outage.firstFailureAt(),
                backendEmptied,
                certain,
                outage.pid());
    }
}
