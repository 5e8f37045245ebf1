package io.risefall.streams.server;

import io.risefall.schemas.Topics;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.state.Outage;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.StreamsSettings.Rules;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One process after another: what is lost sight of when one ends, and what the words of the next one prove of it. */
class ServerSuccession extends ServerDraft {
    /** How many of the longest known gaps between checks a new process may need for its first ones. */
    private static final int GAPS = 3;
    /** The cause of what is not known because the last process stopped. */
    private static final String STOPPED = "stopped";
    /** The cause of what is not known because the last process ended, as its master says. */
    private static final String ENDED = "ended";

    ServerSuccession(ServerState state, Rules rules) {
        super(state, rules);
    }

    void began(Instant at) {
        processSince = at;
    }

    /**
     * HAProxy forgot: whatever was not up is not known until a line of the new process says.
     *
     * @param samePid whether only the time tells the lines of the new process from those of the old one
     */
    void reloaded(Instant at, boolean samePid) {
        processSince = at;
        if (takeover == null) {
            recoveredUnseen();
            if (current != null && !is(Health.UP) && !is(Health.UNKNOWN)) {
                loseSight(at, "reload");
            }
        } else {
            goOnUnseen(at);
        }
        draining = false;
        if (samePid) {
            health = null;
            agent = null;
        }
    }

    /** Yet another process, before a line told what became of the server. */
    void goOnUnseen(Instant at) {
        boolean atOnce = Duration.between(takeover.at(), at).compareTo(TOGETHER) <= 0;
        boolean interrupted = takeover.goneAt() != null
                && Duration.between(takeover.goneAt(), at).compareTo(TOGETHER) > 0;
        takeover = new PendingReload(
                takeover.at(),
                at,
                takeover.before(),
                takeover.outage(),
                silentUntil(at),
                takeover.draining(),
                null,
                takeover.interrupted() || interrupted);
        if (!takeover.was(Health.UP)) {
            return;
        }
        if (atOnce) {
            resume();
        } else {
            startedUp();
        }
    }

    /** Since when a process was silent that would have said DOWN within this time; null if none was. */
    private @Nullable Instant silentUntil(Instant at) {
        boolean processWasThere = takeover.goneAt() == null
                && (takeover.processAt().isAfter(takeover.at())
                        || !current.cause().equals(STOPPED));
        boolean longEnough = takeover.silentFrom() == null && processWasThere && !startingUp(at);
        return longEnough ? takeover.processAt() : takeover.silentFrom();
    }

    /** The last process ended and said nothing of it, so that nobody knows anything of the server any more. */
    void ended(Instant at) {
        recoveredUnseen();
        if (takeover == null) {
            if (current != null && !is(Health.UNKNOWN)) {
                loseSight(at, ENDED);
            }
        } else if (takeover.goneAt() == null) {
            takeover = new PendingReload(
                    takeover.at(),
                    takeover.processAt(),
                    takeover.before(),
                    takeover.outage(),
                    silentUntil(at),
                    takeover.draining(),
                    at,
                    takeover.interrupted());
        }
    }

    /**
     * The process ended, and no other has taken over so far: nothing is checked any more, so nobody can call the server
     * up. An outage goes on: the end of a process is not a recovery.
     */
    void stopped(Instant at) {
        recoveredUnseen();
        if (takeover == null && current != null && !is(Health.UNKNOWN) && !is(Health.DOWN)) {
            loseSight(at, STOPPED);
        }
    }

    void loseSight(Instant at, String cause) {
        takeover = new PendingReload(at, at, current, outage, null, draining, cause.equals(ENDED) ? at : null, false);
        undecided = null;
        if (doubt != null) {
            doubt = doubt.certain(false); // what the next process says tells nothing for sure of before
        }
        if (outage != null) {
            emissions.add(OutputRecord.of(OutageEdit.lostSight(outage, at)));
            outage = null;
        }
        enter(Health.UNKNOWN, at, cause, null);
    }

    boolean startingUp(Instant at) {
        Duration startup = rules.startup();
        if (longestGap != null && longestGap.multipliedBy(GAPS).compareTo(startup) > 0) {
            startup = longestGap.multipliedBy(GAPS);
        }
        return Duration.between(takeover.processAt(), at).compareTo(startup) <= 0;
    }

    /** It was as before all along: a server-state file, or first checks that failed at once. */
    void resume() {
        draining |= takeover.draining();
        if (!takeover.before().fromAt().equals(current.fromAt())) {
            emissions.add(new OutputRecord(Topics.STATES, current.key(), null));
        }
        current = takeover.before();
        emissions.add(OutputRecord.of(current));
        outage = takeover.outage();
        if (outage != null && takeover.interrupted()) {
            outage = OutageEdit.uncertain(outage);
        }
        if (outage != null) {
            emissions.add(OutputRecord.of(outage));
        }
        takeover = null;
    }

    /** The same, by a check that failed at once: the process had forgotten what an operator wished. */
    void resumeForgotten() {
        boolean said = draining;
        resume();
        draining = said;
    }

    /** The new process began with the server up, as HAProxy does: whatever was before ended with the old one. */
    void startedUp() {
        if (takeover.outage() != null) {
            emissions.add(
                    OutputRecord.of(OutageEdit.ended(takeover.outage(), takeover.at(), Outage.EndedBy.UP, false)));
        }
        Instant from = takeover.silentFrom() == null ? takeover.processAt() : takeover.silentFrom();
        takeover = null;
        enter(Health.UP, from, "reload", null);
    }

    /** Whether a check line of the new process tells what became of the server. */
    boolean settledBy(Instant at, CheckResult check) {
        boolean failedDown = check.state() == CheckResult.State.DOWN && check.outcome() == CheckResult.Outcome.FAILED;
        if (takeover.was(Health.DOWN)) {
            if (check.state() == CheckResult.State.DOWN) {
                if (failedDown && !startingUp(at)) {
                    return false; // a new fall or an old one's news: the next line tells
                }
                if (failedDown && takeover.silentFrom() != null) {
                    startedUp(); // the process that was silent would have said DOWN as well
                    return true;
                }
                if (failedDown) {
                    resumeForgotten();
                } else {
                    resume();
                }
                return true;
            }
            boolean failedUp = check.state() == CheckResult.State.UP && check.outcome() == CheckResult.Outcome.FAILED;
            if (failedUp) {
                return false; // it may be on its way to DOWN, and was never seen healthy in between
            }
            boolean sameKind = takeover.outage() == null || takeover.outage().agent() == check.agent();
            if (sameKind) {
                startedUp();
            }
            return sameKind;
        }
        if (takeover.was(Health.MAINT) && check.agent()) {
            return false; // agents are asked in maintenance too: a server that was not in it is said to be DOWN besides
        }
        if (takeover.was(Health.DRAIN) && check.state() == CheckResult.State.DRAIN) {
            resume();
        } else {
            startedUp(); // nothing is checked in maintenance
        }
        return true;
    }
}
