package io.risefall.streams.server;

import io.risefall.schemas.Topics;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerNotice;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.StateInterval;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.Same;
import io.risefall.streams.model.StreamsSettings.Rules;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One word's work on a {@link ServerState}: the methods are the things that HAProxy can say of a server, then what they
 * are made of.
 */
public final class ServerChange extends ServerHindsight {
    /** The cause of a drain that the health check asked for, and not an operator. */
    private static final String STOPPING = "stopping";
    /** The cause of a drain that only {@code n/m DRAIN} tells of: the server's weight is 0, and no other line says so. */
    private static final String WEIGHT = "weight 0";
    /** The word for a server whose name has left the DNS answer. */
    private static final String REMOVED_FROM_DNS = "entry removed";
    /** So long after maintenance began no check ends that was under way then. */
    private static final Duration LONGEST_CHECK = Duration.ofMinutes(1);
    /** The cause of what only a dump after SIGHUP told. */
    private static final String SNAPSHOT = "snapshot";

    ServerChange(ServerState state, Rules rules) {
        super(state, rules);
    }

    /** A server got this name, or lost it: then nothing of this name is there any more. */
    void renamed(Instant at, ServerNotice said) {
        if (said.server().equals(server)) {
            seen(said.backup());
            processSince = at; // before it, nobody had the name
            return;
        }
        takeover = null;
        recoveredUnseen();
        closeOutage(at, Outage.EndedBy.REMOVED, true);
        if (current != null) {
            emissions.add(OutputRecord.of(ServerState.closed(current, at)));
            current = null;
        }
        processSince = null;
        health = null;
        agent = null;
        draining = false;
    }

    void down(Instant at, @Nullable Long pid, ServerSwitch said) {
        hasBeen(Health.UP, at);
        if (takeover != null) {
            if (takeover.was(Health.DOWN) && startingUp(at) && takeover.silentFrom() == null) {
                resumeForgotten();
                return;
            }
            startedUp();
        }
        if (is(Health.DOWN)) {
            if (!recoveredUnseen()) {
                detail(at, pid, said);
                return;
            }
        }
        if (said.reason() != null) {
            count(at, said.reason(), 1, 1);
            openOutage(at, pid, said.reason(), said, false, saidByAgent(said.reason()), null);
        } else if (said.via() != null || said.changedFrom() != null) {
            openOutage(at, pid, null, said, false, false, null);
        } else {
            joinAndOpen(at, pid, said);
        }
    }

    /**
     * Whether HAProxy can have printed this line: where it logs checks, no switch line has a reason. A client can plant
     * such a DOWN through a {@code log-format} that begins with its text; only where the severity is not that of traffic is it
     * found out before.
     */
    boolean believes(Line line) {
        boolean down = line.message() instanceof ServerSwitch said
                && said.transition() == Transition.DOWN
                && !said.carriedOver()
                && said.reason() != null;
        return !down || !line.canBePlanted() || !(logged(health, line.pid()) || logged(agent, line.pid()));
    }

    private static boolean logged(@Nullable LastCheck memory, @Nullable Long pid) {
        return memory != null && pid != null && pid.equals(memory.pid());
    }

    void up(Instant at, @Nullable Long pid) {
        if (takeover != null) {
            if (takeover.was(Health.DOWN)) {
                resume();
            }
            takeover = null;
        }
        closeOutage(at, Outage.EndedBy.UP, true);
        enter(serving(), at, "up", pid);
    }

    void stopping(Instant at, @Nullable Long pid) {
        hasBeen(Health.UP, at);
        recoveredUnseen();
        if (takeover != null) {
            startedUp();
        }
        closeOutage(at, Outage.EndedBy.UP, true);
        enter(Health.DRAIN, at, STOPPING, pid);
    }

    void maintenance(Instant at, @Nullable Long pid, boolean fromDown, @Nullable String why) {
        if (!fromDown) {
            overtaken(at);
            hasBeen(Health.UP, at);
        }
        if (takeover != null) {
            if (!fromDown) {
                startedUp();
            } else if (takeover.was(Health.DOWN)) {
                resume();
            } else {
                takeover = null;
            }
        }
        if (fromDown) {
            boolean removed = why != null && why.startsWith(REMOVED_FROM_DNS);
            closeOutage(at, removed ? Outage.EndedBy.REMOVED : Outage.EndedBy.MAINTENANCE, true);
        } else if (!recoveredUnseen()) {
            closeOutage(at, Outage.EndedBy.UP, false); // HAProxy says so of a server that was not DOWN any more
        }
        enter(Health.MAINT, at, why == null ? "maintenance" : why, pid);
    }

    /** Maintenance or drain ends, and the line says what HAProxy holds true from now on. */
    void leaves(Instant at, @Nullable Long pid, ServerSwitch said, Health left, String cause) {
        hasBeen(left, at);
        if (takeover != null) {
            boolean down = Boolean.FALSE.equals(said.up());
            if (takeover.was(left) || left == Health.DRAIN && takeover.was(Health.DOWN) && down) {
                resume(); // a new DOWN would have been said
            } else if (left == Health.DRAIN && takeover.was(Health.DOWN)) {
                startedUp(); // and so would an UP
            }
            takeover = null;
        }
        if (Boolean.FALSE.equals(said.up())) {
            notPassed();
        } else {
            recoveredUnseen();
        }
        if (left == Health.MAINT) {
            wasInMaintenance();
            draining = Boolean.TRUE.equals(said.drain());
            health = null; // HAProxy begins to check anew, and asks the agent all along
        } else {
            draining = false;
        }
        if (Boolean.FALSE.equals(said.up())) {
            if (!is(Health.DOWN)) {
                joinAndOpen(at, pid, said);
            }
            return;
        }
        closeOutage(at, left == Health.MAINT ? Outage.EndedBy.UNKNOWN : Outage.EndedBy.UP, left != Health.MAINT);
        enter(serving(), at, cause, pid);
    }

    /** Only a dump called it DOWN, which it also says of maintenance: it was maintenance. */
    private void wasInMaintenance() {
        if (outage != null && is(Health.DOWN) && current.cause().equals(SNAPSHOT)) {
            emissions.add(new OutputRecord(Topics.STATES, outage.key(), null));
            outage = null;
            current = new StateInterval(
                    node, server, backup, Health.MAINT, current.fromAt(), null, SNAPSHOT, current.pid());
            emissions.add(OutputRecord.of(current));
        }
    }

    void remainsInMaintenance(Instant at, @Nullable Long pid) {
        if (takeover != null) {
            if (takeover.was(Health.MAINT)) {
                resume();
            }
            takeover = null;
        }
        wasInMaintenance();
        closeOutage(at, Outage.EndedBy.MAINTENANCE, false); // the line that it went there was lost
        enter(Health.MAINT, at, "maintenance", pid);
    }

    /** @param already whether it was drained before the line */
    void drain(Instant at, @Nullable Long pid, boolean already, @Nullable ServerCounts counts) {
        hasBeen(Health.UP, at);
        if (counts == null || !isDown(counts)) {
            recoveredUnseen();
        } else {
            notPassed();
        }
        draining = true;
        if (takeover != null) {
            if (takeover.was(Health.DOWN)) {
                if (counts == null) {
                    return; // a server can drain while it is DOWN: this says nothing of its health
                }
                if (isDown(counts)) {
                    resume(); // a new DOWN would have been said
                } else {
                    startedUp();
                }
            } else if (takeover.was(Health.DRAIN) && already) {
                resume();
            } else {
                startedUp();
            }
        }
        if (!is(Health.DOWN) && !is(Health.MAINT)) {
            enter(Health.DRAIN, at, "drain", pid);
        }
    }

    /** HAProxy counts the sessions of a server that is DOWN: {@code … left. N sessions active}, and not {@code … online}. */
    private static boolean isDown(ServerCounts counts) {
        return counts.sessionsActive() != null;
    }

    void checked(Instant at, @Nullable Long pid, CheckResult check) {
        seen(check.backup());
        LastCheck before = check.agent() ? agent : health;
        boolean inMaintenance = is(Health.MAINT) && !showsThatMaintenanceEnded(at, check);
        if (is(Health.MAINT) && !inMaintenance) {
            before = null; // HAProxy begins to check anew
        }
        if (before != null && before.repeatedBy(pid, check)) {
            return;
        }
        LastCheck now = LastCheck.after(before, at, pid, check);
        remember(check.agent(), before, now);
        if (now.failed() && check.reason() != null) {
            count(at, check.reason(), 1, 0);
        }
        if (check.state() == null || inMaintenance) {
            return; // cut before it says, or the end of a check that maintenance overtook
        }
        if (takeover != null && !settledBy(at, check)) {
            return;
        }
        noteRecovery(at, check);
        if (check.state() == CheckResult.State.DOWN) {
            checkedDown(at, pid, check, now);
        } else if (current == null || is(Health.UNKNOWN) || is(Health.MAINT)) {
            if (check.state() == CheckResult.State.UP) {
                hasBeen(Health.UP, at);
            }
            boolean weightless = check.state() == CheckResult.State.DRAIN;
            enter(weightless ? Health.DRAIN : serving(), at, weightless ? WEIGHT : "check", pid);
        } else if (check.state() == CheckResult.State.DRAIN && is(Health.UP)) {
            enter(Health.DRAIN, at, WEIGHT, pid);
        } else if (check.state() == CheckResult.State.UP
                && is(Health.DRAIN)
                && current.cause().equals(WEIGHT)) {
            enter(serving(), at, "check", pid);
        } else if (outage != null && !now.failed() && outage.agent() == check.agent() && !otherHoldsDown(check)) {
            passed(at);
        }
    }

    /** A server in maintenance is not checked: another process of the same pid does, or a line was lost. Agents are asked. */
    private boolean showsThatMaintenanceEnded(Instant at, CheckResult check) {
        return !check.agent() && Duration.between(current.fromAt(), at).compareTo(LONGEST_CHECK) > 0;
    }

    /**
     * What HAProxy holds true. It calls a server in maintenance DOWN; either would have been said when it began, unless
     * it began before the process or the line was lost.
     */
    void snapshot(Instant at, @Nullable Long pid, boolean isUp) {
        if (isUp) {
            recoveredUnseen();
        }
        if (takeover != null) {
            if (isUp) {
                if (takeover.was(Health.DOWN)) {
                    takeover = null; // it may have come back with the reload, or since without a line
                } else {
                    startedUp();
                }
            } else if (takeover.was(Health.DRAIN)) {
                takeover = null;
            } else {
                resume();
            }
        }
        if (isUp && !is(Health.UP) && !is(Health.DRAIN)) {
            hasBeen(Health.UP, at);
            closeOutage(at, Outage.EndedBy.UP, false);
            enter(serving(), at, SNAPSHOT, pid);
        } else if (!isUp && is(Health.DOWN)) {
            notPassed();
        } else if (!isUp && !is(Health.MAINT)) {
            openOutage(at, pid, null, null, false, false, null);
            outage = OutageEdit.uncertain(outage);
            emissions.add(OutputRecord.of(outage));
            current = new StateInterval(
                    node, server, backup, Health.DOWN, current.fromAt(), null, SNAPSHOT, current.pid());
            emissions.add(OutputRecord.of(current));
        }
    }

    private void remember(boolean ofAgent, @Nullable LastCheck before, LastCheck now) {
        boolean sameRun =
                before != null && now.failed() && before.failed() && !now.at().equals(now.failingSince());
        if (sameRun) {
            Duration gap = before.age(now.at());
            if ((longestGap == null || gap.compareTo(longestGap) > 0) && now.health() != null && now.health() > 0) {
                longestGap = gap;
            }
        }
        if (ofAgent) {
            agent = now;
        } else {
            health = now;
        }
    }

    /** The first passed check of a run, of the kind that brought the server down. */
    private void noteRecovery(Instant at, CheckResult check) {
        if (outage == null || outage.agent() != check.agent()) {
            return;
        }
        boolean passed = check.outcome() != CheckResult.Outcome.FAILED;
        boolean fellBack = !passed && check.state() == CheckResult.State.DOWN && passedAt == null;
        if (passed && outage.firstSuccessAt() == null) {
            outage = OutageEdit.recovering(outage, at);
            emissions.add(OutputRecord.of(outage));
        } else if (fellBack && outage.firstSuccessAt() != null) {
            outage = OutageEdit.recovering(outage, null);
            emissions.add(OutputRecord.of(outage));
        }
    }

    private void checkedDown(Instant at, @Nullable Long pid, CheckResult check, LastCheck now) {
        if (!now.failed()) {
            if (!is(Health.DOWN)) { // its DOWN was lost
                openOutage(at, pid, null, null, false, check.agent(), null);
                outage = OutageEdit.recovering(OutageEdit.uncertain(outage), at);
                emissions.add(OutputRecord.of(outage));
            }
            return;
        }
        if (is(Health.DOWN) && !(passedAt != null && recoveredUnseen())) {
            if (outage != null
                    && outage.reason() == null
                    && outage.via() == null
                    && outage.changedFrom() == null
                    && Same.process(outage.pid(), pid)) {
                outage = OutageEdit.withReason(outage, check.reason(), check.agent(), true);
                emissions.add(OutputRecord.of(outage));
            }
            return;
        }
        UnconfirmedDown before = new UnconfirmedDown(current, penalty);
        openOutage(at, pid, check.reason(), null, true, check.agent(), now.failingSince());
        undecided = before;
        if (check.reason() != null) {
            count(at, check.reason(), 0, 1);
        }
    }

    private void joinAndOpen(Instant at, @Nullable Long pid, ServerSwitch said) {
        LastCheck decider = decider(pid);
        if (decider == null || decider.reason() == null) {
            openOutage(at, pid, null, said, false, false, null);
            return;
        }
        openOutage(at, pid, decider.reason(), said, true, decider == agent, decider.failingSince());
        count(at, decider.reason(), 0, 1);
    }

    /** A server is UP again only when its health check and its agent both say so. */
    private boolean otherHoldsDown(CheckResult check) {
        LastCheck other = check.agent() ? health : agent;
        return other != null && other.failed() && Same.value(other.health(), 0);
    }

    /** The last check line of this process that failed and was not followed by a passed one. */
    private @Nullable LastCheck decider(@Nullable Long pid) {
        LastCheck ofHealth = fails(health, pid);
        LastCheck ofAgent = fails(agent, pid);
        if (ofHealth == null || ofAgent == null) {
            return ofHealth == null ? ofAgent : ofHealth;
        }
        return ofAgent.at().isAfter(ofHealth.at()) ? ofAgent : ofHealth;
    }

    private static @Nullable LastCheck fails(@Nullable LastCheck memory, @Nullable Long pid) {
        return memory != null && memory.failingSince() != null && Same.process(memory.pid(), pid) ? memory : null;
    }

    /** An agent's word stands in the info; HAProxy has no other mark for it in a DOWN line. */
    public static boolean saidByAgent(CheckReason reason) {
        return reason.info() != null && reason.info().startsWith("via agent : ");
    }

    /**
     * HAProxy does not say DOWN of a server that is: either the UP line between was lost, or another process of the same pid
     * says so. When it was up, no line tells.
     */
    private void saidAgain(Instant at, @Nullable Long pid) {
        boolean sameProcess = outage != null
                && pid != null
                && pid.equals(outage.pid())
                && (processSince == null || !outage.startedAt().isBefore(processSince));
        if (sameProcess
                && outage.certain()
                && Duration.between(outage.startedAt(), at).compareTo(rules.startup()) > 0) {
            outage = OutageEdit.uncertain(outage);
            emissions.add(OutputRecord.of(outage));
        }
    }

    /** What a repeated DOWN line adds to the outage that is already open. */
    private void detail(Instant at, @Nullable Long pid, ServerSwitch said) {
        undecided = null;
        if (outage == null || Duration.between(outage.startedAt(), at).compareTo(TOGETHER) > 0) {
            saidAgain(at, pid);
            return;
        }
        wasUpBefore();
        Outage before = outage;
        if (said.counts() != null && (outage.counts() == null || said.counts().none())) {
            outage = OutageEdit.counted(outage, said.counts());
        }
        if (outage.reason() == null && said.reason() != null) {
            outage = OutageEdit.withReason(outage, said.reason(), saidByAgent(said.reason()), false);
        }
        if (!outage.equals(before)) {
            emissions.add(OutputRecord.of(outage));
        }
    }
}
