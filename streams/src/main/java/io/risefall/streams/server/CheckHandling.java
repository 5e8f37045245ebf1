package io.risefall.streams.server;

import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.state.Evidence;
import io.risefall.schemas.state.Evidence.Role;
import io.risefall.schemas.state.Evidence.Rule;
import io.risefall.schemas.state.Provenance;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.OutputRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Check lines of a server, of its health check and of its agent, and the reasons that they give for outages. */
final class CheckHandling {
    /** The cause of a drain that only {@code n/m DRAIN} reports: the server's weight is 0, which no other line says. */
    private static final String WEIGHT = "weight 0";
    /** No check that was running when maintenance began ends later than this. */
    private static final Duration LONGEST_CHECK = Duration.ofMinutes(1);

    private final ServerDraft draft;
    private final ReloadHandling reload;

    CheckHandling(ServerDraft draft, ReloadHandling reload) {
        this.draft = draft;
        this.reload = reload;
    }

    void apply(Instant at, @Nullable Long pid, CheckResult check) {
        draft.seen(check.backup());
        LastCheck before = check.agent() ? draft.agent : draft.health;
        boolean inMaintenance = draft.is(Health.MAINT) && !showsThatMaintenanceEnded(at, check);
        if (draft.is(Health.MAINT) && !inMaintenance) {
            before = null; // HAProxy begins to check anew
        }
        if (before != null && before.repeatedBy(pid, check)) {
            return;
        }
        LastCheck now = LastCheck.after(before, at, pid, check, draft.line);
        remember(check.agent(), before, now);
        if (now.failed() && check.reason() != null) {
            draft.count(at, check.reason(), 1, 0);
        }
        if (check.state() == null || inMaintenance) {
            return; // cut before its state, or the end of a check that was running when maintenance began
        }
        if (reload.settle(at, check, check.state()) == ReloadOutcome.PENDING) {
            return;
        }
        noteRecovery(at, check);
        if (check.state() == CheckResult.State.DOWN) {
            checkedDown(at, pid, check, now);
        } else if (draft.current == null || draft.is(Health.UNKNOWN) || draft.is(Health.MAINT)) {
            if (check.state() == CheckResult.State.UP) {
                draft.hasBeen(Health.UP, at);
            }
            boolean weightless = check.state() == CheckResult.State.DRAIN;
            draft.enter(weightless ? Health.DRAIN : draft.serving(), at, weightless ? WEIGHT : "check", pid);
        } else if (check.state() == CheckResult.State.DRAIN && draft.is(Health.UP)) {
            draft.enter(Health.DRAIN, at, WEIGHT, pid);
        } else if (check.state() == CheckResult.State.UP
                && draft.is(Health.DRAIN)
                && draft.current.cause().equals(WEIGHT)) {
            draft.enter(draft.serving(), at, "check", pid);
        } else if (draft.outage != null
                && !now.failed()
                && draft.outage.agent() == check.agent()
                && !otherHoldsDown(check)) {
            draft.passed(at);
        }
    }

    /** A server in maintenance is not checked: a line was lost, or it is of another process of the same pid. Agents are asked. */
    private boolean showsThatMaintenanceEnded(Instant at, CheckResult check) {
        return !check.agent() && Duration.between(draft.interval().fromAt(), at).compareTo(LONGEST_CHECK) > 0;
    }

    private void remember(boolean ofAgent, @Nullable LastCheck before, LastCheck now) {
        if (before != null && now.failed() && before.failed() && !now.at().equals(now.failingSince())) {
            Duration gap = before.age(now.at());
            if ((draft.longestGap == null || gap.compareTo(draft.longestGap) > 0)
                    && now.health() != null
                    && now.health() > 0) {
                draft.longestGap = gap;
            }
        }
        if (ofAgent) {
            draft.agent = now;
        } else {
            draft.health = now;
        }
    }

    /** The first passed check of a run, of the kind that brought the server down. */
    private void noteRecovery(Instant at, CheckResult check) {
        if (draft.outage == null || draft.outage.agent() != check.agent()) {
            return;
        }
        boolean passed = check.outcome() != CheckResult.Outcome.FAILED;
        boolean fellBack = !passed && check.state() == CheckResult.State.DOWN && draft.passed == null;
        if (passed && draft.outage.firstSuccessAt() == null) {
            draft.outage = OutageEdit.recovering(draft.outage, at, draft.as(Role.FIRST_SUCCESS));
            draft.emit(OutputRecord.of(draft.outage));
        } else if (fellBack && draft.outage.firstSuccessAt() != null) {
            draft.outage = OutageEdit.fellBack(draft.outage);
            draft.emit(OutputRecord.of(draft.outage));
        }
    }

    private void checkedDown(Instant at, @Nullable Long pid, CheckResult check, LastCheck now) {
        if (!now.failed()) {
            if (!draft.is(Health.DOWN) || draft.recoveredUnseen()) { // its DOWN line was lost
                draft.openOutage(
                        at,
                        pid,
                        null,
                        null,
                        false,
                        check.agent(),
                        null,
                        Provenance.of(draft.inferred(Rule.DOWN_LINE_MISSING)));
                draft.outage =
                        OutageEdit.recovering(OutageEdit.uncertain(draft.ongoing()), at, draft.as(Role.FIRST_SUCCESS));
                draft.emit(OutputRecord.of(draft.outage));
            }
            return;
        }
        if (draft.is(Health.DOWN) && !(draft.passed != null && draft.recoveredUnseen())) {
            if (draft.outage != null
                    && draft.outage.reason() == null
                    && draft.outage.via() == null
                    && draft.outage.changedFrom() == null
                    && Line.sameProcess(draft.outage.pid(), pid)) {
                draft.outage = OutageEdit.with(
                        OutageEdit.withReason(draft.outage, check.reason(), check.agent(), true),
                        draft.as(Role.DECIDED));
                draft.emit(OutputRecord.of(draft.outage));
            }
            return;
        }
        UnconfirmedDown before = new UnconfirmedDown(draft.current, draft.penalty);
        draft.openOutage(
                at,
                pid,
                check.reason(),
                null,
                true,
                check.agent(),
                now.failingSince(),
                begun(now).with(draft.as(Role.DECIDED)));
        draft.unconfirmed = before;
        if (check.reason() != null) {
            draft.count(at, check.reason(), 0, 1);
        }
    }

    /** Opens an outage with the reason of the check line that decided it. */
    void openOutageWithReason(Instant at, @Nullable Long pid, ServerSwitch line) {
        LastCheck decider = decider(pid);
        if (decider == null || decider.reason() == null) {
            draft.openOutage(at, pid, null, line, false, false, null, Provenance.of(draft.as(Role.OPENED)));
            return;
        }
        draft.openOutage(
                at,
                pid,
                decider.reason(),
                line,
                true,
                decider == draft.agent,
                decider.failingSince(),
                begun(decider)
                        .with(Evidence.of(Role.DECIDED, decider.line(), decider.at()))
                        .with(draft.as(Role.OPENED)));
        draft.count(at, decider.reason(), 0, 1);
    }

    /** The first check of the run of failures that a check belongs to. */
    private static Provenance begun(LastCheck check) {
        return check.failingSince() == null
                ? Provenance.NONE
                : Provenance.of(Evidence.of(Role.FIRST_FAILURE, check.firstFailure(), check.failingSince()));
    }

    /** A server is UP again only when its health check and its agent both say so. */
    private boolean otherHoldsDown(CheckResult check) {
        LastCheck other = check.agent() ? draft.health : draft.agent;
        return other != null && other.failed() && Objects.equals(other.health(), 0);
    }

    /** The last check line of this process that failed and was not followed by a passed one. */
    private @Nullable LastCheck decider(@Nullable Long pid) {
        LastCheck ofHealth = fails(draft.health, pid);
        LastCheck ofAgent = fails(draft.agent, pid);
        if (ofHealth == null || ofAgent == null) {
            return ofHealth == null ? ofAgent : ofHealth;
        }
        return ofAgent.at().isAfter(ofHealth.at()) ? ofAgent : ofHealth;
    }

    private static @Nullable LastCheck fails(@Nullable LastCheck memory, @Nullable Long pid) {
        return memory != null && memory.failingSince() != null && Line.sameProcess(memory.pid(), pid) ? memory : null;
    }
}
