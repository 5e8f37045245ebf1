package io.risefall.streams.server;

import io.risefall.schemas.Topics;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.state.Evidence.Rule;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Provenance;
import io.risefall.schemas.state.StateInterval;
import io.risefall.streams.model.OutputRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lines that report a state without a change: a dump after SIGHUP, or what HAProxy read from its server-state file. They
 * call a server in maintenance DOWN. HAProxy prints either state when it begins, unless it began before the process or the
 * line was lost.
 */
final class SnapshotHandling {
    /** The cause of an interval that only such a line reported. */
    private static final String SNAPSHOT = "snapshot";

    private final ServerDraft draft;
    private final ReloadHandling reload;

    SnapshotHandling(ServerDraft draft, ReloadHandling reload) {
        this.draft = draft;
        this.reload = reload;
    }

    /** A dump after SIGHUP. */
    void dump(Instant at, @Nullable Long pid, boolean isUp) {
        if (isUp) {
            up(at, pid);
        } else {
            down(at, pid, FirstMessage.SNAPSHOT_DOWN);
        }
    }

    /** The server-state file of a new process has the server as DOWN. */
    void serverState(Instant at, @Nullable Long pid) {
        down(at, pid, FirstMessage.SERVER_STATE_DOWN);
    }

    private void up(Instant at, @Nullable Long pid) {
        draft.recoveredUnseen();
        reload.settle(FirstMessage.SNAPSHOT_UP);
        if (!draft.is(Health.UP) && !draft.is(Health.DRAIN)) {
            draft.hasBeen(Health.UP, at);
            draft.closeOutage(at, Outage.EndedBy.UP, Rule.SNAPSHOT);
            draft.enter(draft.serving(), at, SNAPSHOT, pid);
        }
    }

    private void down(Instant at, @Nullable Long pid, FirstMessage message) {
        reload.settle(message);
        if (draft.is(Health.DOWN)) {
            draft.notPassed();
        } else if (!draft.is(Health.MAINT)) {
            draft.openOutage(at, pid, null, null, false, false, null, Provenance.of(draft.inferred(Rule.SNAPSHOT)));
            draft.outage = OutageEdit.uncertain(draft.ongoing());
            draft.emit(OutputRecord.of(draft.outage));
            enterBySnapshot(Health.DOWN, pid);
        }
    }

    /** Only a snapshot called it DOWN, and a line shows that it was in maintenance. */
    void wasInMaintenance() {
        if (draft.outage != null
                && draft.is(Health.DOWN)
                && draft.interval().cause().equals(SNAPSHOT)) {
            draft.emit(new OutputRecord(Topics.STATES, draft.outage.key(), null));
            draft.outage = null;
            enterBySnapshot(Health.MAINT, draft.interval().pid());
        }
    }

    /** Replaces the current interval by one of the same begin. */
    private void enterBySnapshot(Health state, @Nullable Long pid) {
        draft.current = new StateInterval(
                draft.node,
                draft.server,
                draft.backup,
                state,
                draft.interval().fromAt(),
                null,
                SNAPSHOT,
                pid,
                draft.interval().provenance());
        draft.emit(OutputRecord.of(draft.current));
    }
}
