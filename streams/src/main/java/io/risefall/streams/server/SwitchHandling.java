package io.risefall.streams.server;

import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerNotice;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.state.Evidence.Role;
import io.risefall.schemas.state.Evidence.Rule;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Provenance;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.time.Tolerances;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Lines that report a change of a server, one method per kind of line. */
final class SwitchHandling {
    /** The cause of a drain that the health check asked for, and not an operator. */
    private static final String STOPPING = "stopping";
    /** How the line begins for a server whose name has left the DNS answer. */
    private static final String REMOVED_FROM_DNS = "entry removed";

    private final ServerDraft draft;
    private final ReloadHandling reload;
    private final CheckHandling checks;
    private final SnapshotHandling snapshots;

    SwitchHandling(ServerDraft draft, ReloadHandling reload, CheckHandling checks, SnapshotHandling snapshots) {
        this.draft = draft;
        this.reload = reload;
        this.checks = checks;
        this.snapshots = snapshots;
    }

    void apply(Instant at, @Nullable Long pid, ServerSwitch line) {
        draft.seen(line.backup());
        switch (line.transition()) {
            case DOWN -> {
                if (line.carriedOver()) {
                    snapshots.serverState(at, pid);
                } else {
                    down(at, pid, line);
                }
            }
            case UP -> up(at, pid);
            case STOPPING -> stopping(at, pid);
            case MAINTENANCE -> maintenance(at, pid, line.why());
            case MAINTENANCE_FROM_DOWN -> maintenanceFromDown(at, pid, line.why());
            case LEAVES_FORCED_MAINTENANCE, LEAVES_MAINTENANCE, RESOLVES_AGAIN -> leavesMaintenance(at, pid, line);
            case LEAVES_FORCED_DRAIN, LEAVES_DRAIN -> leavesDrain(at, pid, line);
            case RESOLVES_REMAINS_MAINTENANCE, LEAVES_FORCED_REMAINS_MAINTENANCE, REMAINS_FORCED_MAINTENANCE ->
                remainsInMaintenance(at, pid);
            case DRAIN -> drains(at, pid, line.cut() ? null : line.counts());
            case REMAINS_DRAIN, REMAINS_FORCED_DRAIN, LEAVES_FORCED_REMAINS_DRAIN ->
                drains(at, pid, FirstMessage.REMAINS_DRAINED, false);
        }
    }

    /** A server got this name, or lost it: then nothing has this name any more. */
    void renamed(Instant at, ServerNotice notice) {
        if (notice.server().equals(draft.server)) {
            draft.seen(notice.backup());
            draft.processSince = at; // before it, no server had the name
            return;
        }
        reload.settle(FirstMessage.LOSES_NAME);
        draft.recoveredUnseen();
        draft.closeOutage(at, Outage.EndedBy.REMOVED);
        if (draft.current != null) {
            draft.emit(OutputRecord.of(Intervals.closed(draft.current, at)));
            draft.current = null;
        }
        draft.processSince = null;
        draft.health = null;
        draft.agent = null;
        draft.draining = false;
    }

    private void down(Instant at, @Nullable Long pid, ServerSwitch line) {
        draft.hasBeen(Health.UP, at);
        if (reload.settle(at, FirstMessage.DOWN_AT_ONCE, FirstMessage.DOWN_LATER) == ReloadOutcome.UNDRAINED) {
            return;
        }
        if (draft.is(Health.DOWN) && !draft.recoveredUnseen()) {
            repeatedDown(at, pid, line);
        } else if (line.reason() != null) {
            draft.count(at, line.reason(), 1, 1);
            draft.openOutage(
                    at,
                    pid,
                    line.reason(),
                    line,
                    false,
                    line.reason().fromAgent(),
                    null,
                    Provenance.of(draft.as(Role.OPENED)));
        } else if (line.via() != null || line.changedFrom() != null) {
            draft.openOutage(at, pid, null, line, false, false, null, Provenance.of(draft.as(Role.OPENED)));
        } else {
            checks.openOutageWithReason(at, pid, line);
        }
    }

    /** A DOWN line of an outage that is open: it can add to what is known of it. */
    private void repeatedDown(Instant at, @Nullable Long pid, ServerSwitch line) {
        draft.unconfirmed = null;
        if (draft.outage == null
                || Duration.between(draft.outage.startedAt(), at).compareTo(Tolerances.ONE_CHANGE) > 0) {
            downAgain(at, pid);
            return;
        }
        draft.wasUpBefore();
        boolean isFirst = !Provenance.known(draft.outage.provenance()).has(Role.OPENED);
        draft.outage = OutageEdit.with(draft.outage, draft.as(isFirst ? Role.OPENED : Role.REPEATED));
        if (line.counts() != null
                && (draft.outage.counts() == null || line.counts().none())) {
            draft.outage = OutageEdit.counted(draft.outage, line.counts());
        }
        if (draft.outage.reason() == null && line.reason() != null) {
            draft.outage = OutageEdit.withReason(
                    draft.outage, line.reason(), line.reason().fromAgent(), false);
        }
        draft.emit(OutputRecord.of(draft.outage));
    }

    /**
     * HAProxy does not print DOWN for a server that is DOWN. Either the UP line in between was lost, or another process of
     * the same pid printed it. No line shows when the server was UP.
     */
    private void downAgain(Instant at, @Nullable Long pid) {
        Outage open = draft.outage;
        if (open == null) {
            return;
        }
        boolean samePid = pid != null && pid.equals(open.pid());
        boolean sameProcess =
                samePid && (draft.processSince == null || !open.startedAt().isBefore(draft.processSince));
        boolean isMissingUp = sameProcess
                && open.certain()
                && Duration.between(open.startedAt(), at).compareTo(draft.rules.startup()) > 0;
        draft.outage = isMissingUp
                ? OutageEdit.uncertain(OutageEdit.with(open, draft.inferred(Rule.UP_LINE_MISSING)))
                : OutageEdit.with(open, draft.as(Role.REPEATED));
        draft.emit(OutputRecord.of(draft.outage));
    }

    private void up(Instant at, @Nullable Long pid) {
        reload.settle(FirstMessage.UP);
        draft.closeOutage(at, Outage.EndedBy.UP);
        draft.enter(draft.serving(), at, "up", pid);
    }

    private void stopping(Instant at, @Nullable Long pid) {
        draft.hasBeen(Health.UP, at);
        draft.recoveredUnseen();
        reload.settle(FirstMessage.STOPPING);
        draft.closeOutage(at, Outage.EndedBy.UP);
        draft.enter(Health.DRAIN, at, STOPPING, pid);
    }

    private void maintenance(Instant at, @Nullable Long pid, @Nullable String why) {
        draft.overtaken(at);
        draft.hasBeen(Health.UP, at);
        reload.settle(FirstMessage.MAINTENANCE);
        if (!draft.recoveredUnseen()) {
            draft.closeOutage(at, Outage.EndedBy.UP, Rule.UP_BEFORE_MAINTENANCE);
        }
        enterMaintenance(at, pid, why);
    }

    private void maintenanceFromDown(Instant at, @Nullable Long pid, @Nullable String why) {
        reload.settle(FirstMessage.MAINTENANCE_FROM_DOWN);
        boolean removed = why != null && why.startsWith(REMOVED_FROM_DNS);
        draft.closeOutage(at, removed ? Outage.EndedBy.REMOVED : Outage.EndedBy.MAINTENANCE);
        enterMaintenance(at, pid, why);
    }

    private void enterMaintenance(Instant at, @Nullable Long pid, @Nullable String why) {
        draft.enter(Health.MAINT, at, why == null ? "maintenance" : why, pid);
    }

    private void remainsInMaintenance(Instant at, @Nullable Long pid) {
        reload.settle(FirstMessage.REMAINS_IN_MAINTENANCE);
        snapshots.wasInMaintenance();
        draft.closeOutage(at, Outage.EndedBy.MAINTENANCE, Rule.MAINTENANCE_LINE_MISSING);
        enterMaintenance(at, pid, null);
    }

    private void leavesMaintenance(Instant at, @Nullable Long pid, ServerSwitch line) {
        draft.hasBeen(Health.MAINT, at);
        reload.settle(FirstMessage.LEAVES_MAINTENANCE);
        settlePassedCheck(line);
        snapshots.wasInMaintenance();
        draft.draining = Boolean.TRUE.equals(line.drain());
        draft.health = null; // HAProxy begins to check anew; it asked the agent all along
        if (isDown(line)) {
            openOutageUnlessDown(at, pid, line);
        } else {
            draft.closeOutage(at, Outage.EndedBy.UNKNOWN, Rule.MAINTENANCE_LINE_MISSING);
            draft.enter(draft.serving(), at, "leaving maintenance", pid);
        }
    }

    private void leavesDrain(Instant at, @Nullable Long pid, ServerSwitch line) {
        draft.hasBeen(Health.DRAIN, at);
        reload.settle(isDown(line) ? FirstMessage.LEAVES_DRAIN_WHILE_DOWN : FirstMessage.LEAVES_DRAIN_WHILE_UP);
        settlePassedCheck(line);
        draft.draining = false;
        if (isDown(line)) {
            openOutageUnlessDown(at, pid, line);
        } else {
            draft.closeOutage(at, Outage.EndedBy.UP);
            draft.enter(draft.serving(), at, "leaving drain", pid);
        }
    }

    /** Whether the line says that the server is DOWN from now on. */
    private static boolean isDown(ServerSwitch line) {
        return Boolean.FALSE.equals(line.up());
    }

    private void settlePassedCheck(ServerSwitch line) {
        if (isDown(line)) {
            draft.notPassed();
        } else {
            draft.recoveredUnseen();
        }
    }

    private void openOutageUnlessDown(Instant at, @Nullable Long pid, ServerSwitch line) {
        if (!draft.is(Health.DOWN)) {
            checks.openOutageWithReason(at, pid, line);
        }
    }

    private void drains(Instant at, @Nullable Long pid, @Nullable ServerCounts counts) {
        boolean down = counts != null && isDown(counts);
        if (counts == null) {
            drains(at, pid, FirstMessage.DRAINS, false);
        } else {
            drains(at, pid, down ? FirstMessage.DRAINS_WHILE_DOWN : FirstMessage.DRAINS_WHILE_UP, down);
        }
    }

    private void drains(Instant at, @Nullable Long pid, FirstMessage message, boolean whileDown) {
        draft.hasBeen(Health.UP, at);
        if (whileDown) {
            draft.notPassed();
        } else {
            draft.recoveredUnseen();
        }
        draft.draining = true;
        if (reload.settle(message) == ReloadOutcome.PENDING) {
            return; // a server can drain while it is DOWN: its health is still unknown
        }
        if (!draft.is(Health.DOWN) && !draft.is(Health.MAINT)) {
            draft.enter(Health.DRAIN, at, "drain", pid);
        }
    }

    /** HAProxy counts the sessions of a server that is DOWN: {@code … left. N sessions active}, and not {@code … online}. */
    private static boolean isDown(ServerCounts counts) {
        return counts.sessionsActive() != null;
    }
}
