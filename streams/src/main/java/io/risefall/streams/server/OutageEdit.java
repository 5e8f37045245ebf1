package io.risefall.streams.server;

import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.state.Outage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Outages with one thing changed. */
final class OutageEdit {
    private OutageEdit() {}

    /** Ended because nothing is known of it any more. */
    static Outage endUnknown(Outage outage, Instant at) {
        return ended(outage, at, Outage.EndedBy.UNKNOWN, false);
    }

    static Outage ended(Outage outage, Instant at, Outage.EndedBy by, boolean certain) {
        return new Change(outage).ended(at, by).certain(certain).made();
    }

    /** With a begin or end that is inferred and not reported by a line. */
    static Outage uncertain(Outage outage) {
        return new Change(outage).certain(false).made();
    }

    static Outage certain(Outage outage) {
        return new Change(outage).certain(true).made();
    }

    static Outage withReason(Outage outage, @Nullable CheckReason reason, boolean agent, boolean joined) {
        return new Change(outage).reason(reason, agent, joined).made();
    }

    /** With the servers that the backend had left after it. */
    static Outage counted(Outage outage, ServerCounts counts) {
        return new Change(outage).counted(counts).made();
    }

    /** With the first passed check; null if one failed since. */
    static Outage recovering(Outage outage, @Nullable Instant firstSuccessAt) {
        return new Change(outage).firstSuccess(firstSuccessAt).made();
    }

    /** The components that later lines can change. */
    private static final class Change {
        private final Outage outage;
        private @Nullable Instant endedAt;
        private Outage.@Nullable EndedBy endedBy;
        private @Nullable CheckReason reason;
        private boolean agent;
        private boolean joined;
        private boolean backendEmptied;
        private boolean certain;
        private @Nullable Instant firstSuccessAt;
        private @Nullable ServerCounts counts;

        Change(Outage outage) {
            this.outage = outage;
            endedAt = outage.endedAt();
            endedBy = outage.endedBy();
            reason = outage.reason();
            agent = outage.agent();
            joined = outage.joined();
            backendEmptied = outage.backendEmptied();
            certain = outage.certain();
            firstSuccessAt = outage.firstSuccessAt();
            counts = outage.counts();
        }

        Change ended(Instant at, Outage.EndedBy by) {
            endedAt = at;
            endedBy = by;
            return this;
        }

        Change certain(boolean isCertain) {
            certain = isCertain;
            return this;
        }

        Change reason(@Nullable CheckReason found, boolean ofAgent, boolean fromOther) {
            reason = found;
            agent = ofAgent;
            joined = fromOther;
            return this;
        }

        Change counted(ServerCounts after) {
            counts = after;
            backendEmptied |= after.none();
            return this;
        }

        Change firstSuccess(@Nullable Instant at) {
            firstSuccessAt = at;
            return this;
        }

        Outage made() {
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
                    outage.pid(),
                    firstSuccessAt,
                    counts);
        }
    }
}
