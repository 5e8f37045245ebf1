package io.risefall.streams.server;

import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.state.Evidence;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Provenance;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Outages with one thing changed. */
final class OutageEdit {
    private OutageEdit() {}

    /** Ended because nothing is known of it any more. */
    static Outage endUnknown(Outage outage, Instant at, Evidence why) {
        return ended(outage, at, Outage.EndedBy.UNKNOWN, false, why);
    }

    static Outage ended(Outage outage, Instant at, Outage.EndedBy by, boolean certain, Evidence... why) {
        Change change = new Change(outage).ended(at, by).certain(certain);
        for (Evidence one : why) {
            change.with(one);
        }
        return change.made();
    }

    /** With one more line that has to do with it. */
    static Outage with(Outage outage, Evidence evidence) {
        return new Change(outage).with(evidence).made();
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

    /** With the first passed check. */
    static Outage recovering(Outage outage, Instant firstSuccessAt, Evidence line) {
        return new Change(outage).firstSuccess(firstSuccessAt).with(line).made();
    }

    /** A check failed since the first passed one. */
    static Outage fellBack(Outage outage) {
        return new Change(outage)
                .firstSuccess(null)
                .without(Evidence.Role.FIRST_SUCCESS)
                .made();
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
        private Provenance provenance;

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
            provenance = Provenance.known(outage.provenance());
        }

        Change with(Evidence evidence) {
            provenance = provenance.with(evidence);
            return this;
        }

        Change without(Evidence.Role role) {
            provenance = provenance.without(role);
            return this;
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
                    counts,
                    provenance);
        }
    }
}
