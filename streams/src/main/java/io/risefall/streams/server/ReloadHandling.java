package io.risefall.streams.server;

import io.risefall.schemas.Topics;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.state.Evidence;
import io.risefall.schemas.state.Evidence.Rule;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Provenance;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.time.Tolerances;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Begins, replacements and ends of a server's process. A state that a new process need not share becomes unknown, until a
 * message of that process settles it by the table in {@link FirstMessage}.
 */
final class ReloadHandling {
    /** How many of the longest known gaps between checks a new process may need for its first ones. */
    private static final int GAPS = 3;
    /** The cause of an interval: another process replaced the last one. */
    static final String RELOAD = "reload";
    /** The cause of an interval: the last process stopped serving the proxy. */
    private static final String STOPPED = "stopped";
    /** The cause of an interval: the last process ended, as its master reports. */
    private static final String ENDED = "ended";

    private final ServerDraft draft;

    ReloadHandling(ServerDraft draft) {
        this.draft = draft;
    }

    void processStarted(Instant at) {
        draft.processSince = at;
    }

    /**
     * HAProxy forgot: a state other than UP is unknown until the new process reports it.
     *
     * @param samePid whether both processes have one pid: then only their time distinguishes their lines
     */
    void processReplaced(Instant at, boolean samePid) {
        draft.processSince = at;
        if (draft.knowledge instanceof PendingReload pending) {
            boolean atOnce = Duration.between(pending.at(), at).compareTo(Tolerances.ONE_CHANGE) <= 0;
            boolean withoutProcess = pending.endedAt() != null
                    && Duration.between(pending.endedAt(), at).compareTo(Tolerances.ONE_CHANGE) > 0;
            draft.knowledge = pending.replaced(at, silentFrom(pending, at), withoutProcess);
            settle(atOnce ? FirstMessage.REPLACED_AT_ONCE : FirstMessage.REPLACED_LATER);
        } else {
            draft.recoveredUnseen();
            if (draft.current != null && !draft.is(Health.UP) && !draft.is(Health.UNKNOWN)) {
                markUnknown(at, RELOAD);
            }
        }
        draft.draining = false;
        if (samePid) {
            draft.health = null;
            draft.agent = null;
        }
    }

    /** The last process ended and did not report the server, so nothing is known of it any more. */
    void processEnded(Instant at) {
        draft.recoveredUnseen();
        if (draft.knowledge instanceof PendingReload pending) {
            if (pending.endedAt() == null) {
                draft.knowledge = pending.ended(at, silentFrom(pending, at));
            }
        } else if (draft.current != null && !draft.is(Health.UNKNOWN)) {
            markUnknown(at, ENDED);
        }
    }

    /**
     * The process stopped serving the proxy, and no other has replaced it yet: the server is not checked any more, so it
     * cannot be called UP. An outage goes on: the end of a process is not a recovery.
     */
    void proxyStopped(Instant at) {
        draft.recoveredUnseen();
        if (draft.current != null && !draft.is(Health.UNKNOWN) && !draft.is(Health.DOWN)) {
            markUnknown(at, STOPPED);
        }
    }

    private void markUnknown(Instant at, String cause) {
        Evidence why = cause.equals(RELOAD)
                ? Evidence.processBegan(at)
                : draft.inferred(cause.equals(ENDED) ? Rule.PROCESS_ENDED : Rule.PROXY_STOPPED);
        draft.knowledge = new PendingReload(
                at,
                at,
                draft.interval(),
                draft.outage,
                null,
                draft.draining,
                cause.equals(ENDED) ? at : null,
                false,
                why);
        draft.unconfirmed = null;
        if (draft.doubt != null) {
            draft.doubt = draft.doubt.certain(false); // the next process's messages prove nothing about the time before
        }
        if (draft.outage != null) {
            draft.emit(OutputRecord.of(OutageEdit.endUnknown(draft.outage, at, why)));
            draft.outage = null;
        }
        draft.enter(Health.UNKNOWN, at, cause, null, Provenance.of(why));
    }

    /** Since when a process was silent that would have reported DOWN by now; null if none was. */
    private @Nullable Instant silentFrom(PendingReload pending, Instant now) {
        boolean processRan = pending.endedAt() == null
                && (pending.processAt().isAfter(pending.at())
                        || !draft.interval().cause().equals(STOPPED));
        boolean longEnough = pending.silentFrom() == null && processRan && !isStartingUp(pending, now);
        return longEnough ? pending.processAt() : pending.silentFrom();
    }

    /** Whether the first checks of the newest process may still come in. */
    private boolean isStartingUp(PendingReload pending, Instant now) {
        Duration startup = draft.rules.startup();
        if (draft.longestGap != null && draft.longestGap.multipliedBy(GAPS).compareTo(startup) > 0) {
            startup = draft.longestGap.multipliedBy(GAPS);
        }
        return Duration.between(pending.processAt(), now).compareTo(startup) <= 0;
    }

    /** Settles a pending reload by a message whose meaning depends on how soon it comes. */
    ReloadOutcome settle(Instant at, FirstMessage atOnce, FirstMessage later) {
        boolean soon = draft.knowledge instanceof PendingReload pending && isStartingUp(pending, at);
        return settle(soon ? atOnce : later);
    }

    /** Settles a pending reload by a check line with this state. */
    ReloadOutcome settle(Instant at, CheckResult check, CheckResult.State state) {
        if (draft.knowledge instanceof PendingReload pending && !decides(check, pending)) {
            return settle(FirstMessage.OTHER_CHECK);
        }
        boolean failed = check.outcome() == CheckResult.Outcome.FAILED;
        return switch (state) {
            case DOWN ->
                failed
                        ? settle(at, FirstMessage.FAILED_CHECK_DOWN_AT_ONCE, FirstMessage.FAILED_CHECK_DOWN_LATER)
                        : settle(FirstMessage.PASSED_CHECK_DOWN);
            case UP -> settle(failed ? FirstMessage.FAILED_CHECK_UP : FirstMessage.PASSED_CHECK_UP);
            case DRAIN -> settle(FirstMessage.CHECK_DRAIN);
        };
    }

    /**
     * Whether a check of this kind, health or agent, decides. Agents are asked in maintenance too. A server is UP
     * only when the kind of check that brought it down says so.
     */
    private static boolean decides(CheckResult check, PendingReload pending) {
        return switch (pending.before().state()) {
            case MAINT -> !check.agent();
            case DOWN ->
                check.state() == CheckResult.State.DOWN
                        || pending.outage() == null
                        || pending.outage().agent() == check.agent();
            case UP, DRAIN, UNKNOWN -> true;
        };
    }

    /** Settles a pending reload as the table says. {@link ReloadOutcome#NONE} if none is pending. */
    ReloadOutcome settle(FirstMessage message) {
        if (!(draft.knowledge instanceof PendingReload pending)) {
            return ReloadOutcome.NONE;
        }
        ReloadOutcome outcome = message.after(pending.column());
        switch (outcome) {
            case CONTINUED, RECOVERED -> {
                draft.draining |= pending.draining();
                continueAcrossReload(pending, message.rule());
            }
            case UNDRAINED -> continueAcrossReload(pending, message.rule());
            case ENDED -> assumeUpAfterReload(pending, message.rule());
            case UNKNOWN -> draft.knowledge = Knowledge.known();
            case PENDING -> {}
            case NONE ->
                throw new IllegalStateException(
                        message + " of " + draft.server + " on " + draft.node + " cannot follow " + pending.column());
        }
        return outcome;
    }

    /** It was as before all along: a server-state file, or first checks that failed at once. */
    private void continueAcrossReload(PendingReload pending, Rule rule) {
        if (!pending.before().fromAt().equals(draft.interval().fromAt())) {
            draft.emit(new OutputRecord(Topics.STATES, draft.interval().key(), null));
        }
        draft.current = pending.before();
        draft.emit(OutputRecord.of(draft.current));
        draft.outage = pending.outage();
        if (draft.outage != null && pending.interrupted()) {
            draft.outage = OutageEdit.uncertain(draft.outage);
        }
        if (draft.outage != null) {
            draft.outage = OutageEdit.with(OutageEdit.with(draft.outage, pending.why()), draft.inferred(rule));
            draft.emit(OutputRecord.of(draft.outage));
        }
        draft.knowledge = Knowledge.known();
    }

    /** The new process began with the server UP, as HAProxy does: what was before ended with the old process. */
    private void assumeUpAfterReload(PendingReload pending, Rule rule) {
        if (pending.outage() != null) {
            draft.emit(OutputRecord.of(OutageEdit.ended(
                    pending.outage(), pending.at(), Outage.EndedBy.UP, false, pending.why(), draft.inferred(rule))));
        }
        Instant from = pending.silentFrom() == null ? pending.processAt() : pending.silentFrom();
        draft.knowledge = Knowledge.known();
        draft.enter(Health.UP, from, RELOAD, null, Provenance.of(Evidence.processBegan(from), draft.inferred(rule)));
    }
}
