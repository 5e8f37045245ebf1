package io.risefall.streams.server;

import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ObservedServer;
import io.risefall.schemas.state.Evidence.Rule;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Provenance;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * States that HAProxy told when it was asked. They settle what no line of its process shows, from that moment on, and never contradict a
 * line: a line of that moment may be under way, and corrects what follows from them when it comes.
 */
final class ObservedHandling {
    /** The cause of an interval that HAProxy told when it was asked. */
    private static final String OBSERVED = "observed";

    private static final String BY_AGENT = "DOWN (agent)";

    private final ServerDraft draft;
    private final ReloadHandling reload;

    ObservedHandling(ServerDraft draft, ReloadHandling reload) {
        this.draft = draft;
        this.reload = reload;
    }

    void apply(Instant at, @Nullable Long pid, ObservedServer observed) {
        draft.seen(observed.backup());
        reload.settle(message(observed.state()));
        if (isObserved() && observed.state() != Health.DOWN) {
            draft.recoveredUnseen();
        }
        boolean settles = draft.current == null || draft.is(Health.UNKNOWN) || isInherited() || isObserved();
        if (!settles || draft.is(observed.state())) {
            return;
        }
        draft.closeOutage(
                at, observed.state() == Health.MAINT ? Outage.EndedBy.MAINTENANCE : Outage.EndedBy.UP, Rule.OBSERVED);
        Provenance provenance = Provenance.of(draft.inferred(Rule.OBSERVED));
        switch (observed.state()) {
            case DOWN ->
                draft.findDown(
                        at, OBSERVED, pid, observed.reason(), observed.status().equals(BY_AGENT), provenance);
            case UP, DRAIN -> {
                draft.draining = observed.status().startsWith("DRAIN");
                draft.enter(observed.state(), at, OBSERVED, pid, provenance);
            }
            case MAINT -> draft.enter(Health.MAINT, at, OBSERVED, pid, provenance);
            case UNKNOWN -> {}
        }
    }

    /** Whether no line shows the state, but only an earlier answer. */
    private boolean isObserved() {
        return draft.current != null && draft.current.cause().equals(OBSERVED);
    }

    /** Whether it is UP only because no line of the newest process says otherwise. */
    private boolean isInherited() {
        Instant since = draft.processSince;
        return since != null
                && draft.is(Health.UP)
                && (draft.interval().fromAt().isBefore(since)
                        || draft.interval().cause().equals(ReloadHandling.RELOAD))
                && isBefore(draft.health, since)
                && isBefore(draft.agent, since);
    }

    private static boolean isBefore(@Nullable LastCheck check, Instant since) {
        return check == null || check.at().isBefore(since);
    }

    private static FirstMessage message(Health state) {
        return switch (state) {
            case UP, UNKNOWN -> FirstMessage.OBSERVED_UP;
            case DOWN -> FirstMessage.OBSERVED_DOWN;
            case MAINT -> FirstMessage.OBSERVED_MAINTENANCE;
            case DRAIN -> FirstMessage.OBSERVED_DRAIN;
        };
    }
}
