package io.risefall.streams;

import io.risefall.schemas.CheckReason;
import io.risefall.schemas.CheckResult;
import io.risefall.schemas.Health;
import io.risefall.schemas.Outage;
import io.risefall.schemas.Rollup;
import io.risefall.schemas.ServerName;
import io.risefall.schemas.ServerNotice;
import io.risefall.schemas.ServerSwitch;
import io.risefall.schemas.StateInterval;
import io.risefall.schemas.Topics;
import io.risefall.streams.StreamsSettings.Rules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One word's work on a {@link ServerState}: a copy that changes, and what is said meanwhile. Lives for one call. The
 * methods are the things that HAProxy can say, then what they are made of.
 */
final class ServerChange {
    /** A DOWN line belongs to the check line that opened the outage when it comes within this time. */
    private static final Duration TOGETHER = Duration.ofSeconds(2);
    /** How many of the longest known gaps between checks a new process may need for its first ones. */
    private static final int GAPS = 3;
    /** The cause of a drain that the health check asked for, and not an operator. */
    private static final String STOPPING = "stopping";
    /** The cause of a drain that only {@code n/m DRAIN} tells of: the server's weight is 0, and no other line says so. */
    private static final String WEIGHT = "weight 0";
    /** The cause of what is not known because the last process stopped. */
    private static final String STOPPED = "stopped";
    /** The word for a server whose name has left the DNS answer. */
    private static final String REMOVED_FROM_DNS = "entry removed";
    /** The cause of what only a dump after SIGHUP told. */
    private static final String SNAPSHOT = "snapshot";

    private final Rules rules;
    private final String node;
    private final ServerName server;
    private final List<Emission> emissions = new ArrayList<>();
    private boolean backup;
    private @Nullable StateInterval current;
    private @Nullable Outage outage;
    private @Nullable Takeover takeover;
    private @Nullable CheckMemory health;
    private @Nullable CheckMemory agent;
    private @Nullable Instant passedAt;
    private @Nullable Duration longestGap;
    private List<Rollup> minute;
    private Penalty penalty;
    private @Nullable Instant processSince;
    private @Nullable Instant knownSince;
    private boolean draining;

    ServerChange(ServerState state, Rules rules) {
        this.rules = rules;
        node = state.node();
        server = state.server();
        backup = state.backup();
        current = state.current();
        outage = state.outage();
        takeover = state.takeover();
        health = state.health();
        agent = state.agent();
        passedAt = state.passedAt();
        longestGap = state.longestGap();
        minute = state.minute() == null ? List.of() : state.minute();
        penalty = state.penalty();
        processSince = state.processSince();
        knownSince = state.knownSince();
        draining = state.draining();
    }

    Step<SubjectState> step() {
        return new Step<>(
                new ServerState(
                        node,
                        server,
                        backup,
                        current,
                        outage,
                        takeover,
                        health,
                        agent,
                        passedAt,
                        longestGap,
                        minute,
                        penalty,
                        processSince,
                        knownSince,
                        draining),
                emissions);
    }

    // What HAProxy can say

    void began(Instant at) {
        processSince = at;
    }

    /**
     * A first line that says what was before it: the server has been in that state for as long as its process has been
     * heard, or a line would have told.
     */
    private void hasBeen(Health state, Instant at) {
        if (current == null && processSince != null && processSince.isBefore(at)) {
            enter(state, processSince, "process", null);
        }
    }

    /** A DOWN line after the check line that was the first of all: the server had been up, as in {@link #hasBeen}. */
    private void wasUpBefore() {
        if (current.fromAt().equals(knownSince) && processSince != null && processSince.isBefore(knownSince)) {
            emissions.add(Emission.of(new StateInterval(
                    node, server, backup, Health.UP, processSince, current.fromAt(), "process", null)));
            knownSince = processSince;
        }
    }

    void seen(boolean asBackup) {
        backup |= asBackup;
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
            emissions.add(Emission.of(ServerState.closed(current, at)));
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
                detail(at, said);
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
     * Whether HAProxy cannot have printed this line: where it logs checks, no switch line has a reason. A client can plant
     * such a line through a {@code log-format} that begins with its text; only where the severity is known is it found out
     * before.
     */
    boolean contradicts(@Nullable Long pid, ServerSwitch said) {
        return said.reason() != null && (logged(health, pid) || logged(agent, pid));
    }

    private static boolean logged(@Nullable CheckMemory memory, @Nullable Long pid) {
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

    /** What a server is that takes traffic as far as its health goes. */
    private Health serving() {
        return draining ? Health.DRAIN : Health.UP;
    }

    void stopping(Instant at, @Nullable Long pid) {
        hasBeen(Health.UP, at);
        if (takeover != null) {
            startedUp();
        }
        closeOutage(at, Outage.EndedBy.UP, true);
        enter(Health.DRAIN, at, STOPPING, pid);
    }

    void maintenance(Instant at, @Nullable Long pid, boolean fromDown, @Nullable String why) {
        if (!fromDown) {
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
            if (takeover.was(left)) {
                resume();
            }
            takeover = null;
        }
        if (left == Health.MAINT) {
            wasInMaintenance();
            draining = Boolean.TRUE.equals(said.drain());
        } else {
            draining = false;
        }
        if (Boolean.FALSE.equals(said.up())) {
            if (!is(Health.DOWN)) {
                openOutage(at, pid, null, said, false, false, null);
            }
            return;
        }
        closeOutage(at, left == Health.MAINT ? Outage.EndedBy.UNKNOWN : Outage.EndedBy.UP, left != Health.MAINT);
        enter(serving(), at, cause, pid);
    }

    /** Only a dump called it DOWN, which it also says of maintenance: it was maintenance. */
    private void wasInMaintenance() {
        if (outage != null && is(Health.DOWN) && current.cause().equals(SNAPSHOT)) {
            emissions.add(new Emission(Topics.STATES, outage.key(), null));
            outage = null;
            current = new StateInterval(
                    node, server, backup, Health.MAINT, current.fromAt(), null, SNAPSHOT, current.pid());
            emissions.add(Emission.of(current));
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
    void drain(Instant at, @Nullable Long pid, boolean already) {
        hasBeen(Health.UP, at);
        draining = true;
        if (takeover != null) {
            if (takeover.was(Health.DOWN)) {
                return; // a server can drain while it is DOWN: this says nothing of its health
            }
            if (takeover.was(Health.DRAIN) && already) {
                resume();
            } else {
                startedUp();
            }
        }
        if (!is(Health.DOWN) && !is(Health.MAINT)) {
            enter(Health.DRAIN, at, "drain", pid);
        }
    }

    void checked(Instant at, @Nullable Long pid, CheckResult check) {
        seen(check.backup());
        CheckMemory before = check.agent() ? agent : health;
        if (before != null && before.repeatedBy(pid, check)) {
            return;
        }
        CheckMemory now = CheckMemory.after(before, at, pid, check);
        remember(check.agent(), before, now);
        if (now.failed() && check.reason() != null) {
            count(at, check.reason(), 1, 0);
        }
        if (check.state() == null || is(Health.MAINT)) {
            return; // cut before it says, or the end of a check that maintenance overtook
        }
        if (takeover != null && !settledBy(at, check)) {
            return;
        }
        noteRecovery(at, check);
        if (check.state() == CheckResult.State.DOWN) {
            checkedDown(at, pid, check, now);
        } else if (current == null || is(Health.UNKNOWN)) {
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
            passedAt = at;
        }
    }

    /**
     * What HAProxy holds true. It calls a server in maintenance DOWN; either would have been said when it began, unless
     * it began before the process or the line was lost.
     */
    void snapshot(Instant at, @Nullable Long pid, boolean isUp) {
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
        } else if (!isUp && !is(Health.DOWN) && !is(Health.MAINT)) {
            openOutage(at, pid, null, null, false, false, null);
            outage = Outages.uncertain(outage);
            emissions.add(Emission.of(outage));
            current = new StateInterval(
                    node, server, backup, Health.DOWN, current.fromAt(), null, SNAPSHOT, current.pid());
            emissions.add(Emission.of(current));
        }
    }

    /** HAProxy forgot: whatever was not up is not known until a line of the new process says. */
    void reloaded(Instant at) {
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
    }

    /** Yet another process, before a line told what became of the server. */
    private void goOnUnseen(Instant at) {
        boolean atOnce = Duration.between(takeover.at(), at).compareTo(TOGETHER) <= 0;
        boolean processWasSilent =
                takeover.processAt().isAfter(takeover.at()) || !current.cause().equals(STOPPED);
        Instant silentFrom = takeover.silentFrom();
        if (silentFrom == null && processWasSilent && !startingUp(at)) {
            silentFrom = takeover.processAt();
        }
        takeover =
                new Takeover(takeover.at(), at, takeover.before(), takeover.outage(), silentFrom, takeover.draining());
        if (!takeover.was(Health.UP)) {
            return;
        }
        if (atOnce) {
            resume();
        } else {
            startedUp();
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

    private void loseSight(Instant at, String cause) {
        takeover = new Takeover(at, at, current, outage, null, draining);
        if (outage != null) {
            emissions.add(Emission.of(Outages.lostSight(outage, at)));
            outage = null;
        }
        enter(Health.UNKNOWN, at, cause, null);
    }

    // What a new process's words prove

    private boolean startingUp(Instant at) {
        Duration startup = rules.startup();
        if (longestGap != null && longestGap.multipliedBy(GAPS).compareTo(startup) > 0) {
            startup = longestGap.multipliedBy(GAPS);
        }
        return Duration.between(takeover.processAt(), at).compareTo(startup) <= 0;
    }

    /** It was as before all along: a server-state file, or first checks that failed at once. */
    private void resume() {
        draining |= takeover.draining();
        if (!takeover.before().fromAt().equals(current.fromAt())) {
            emissions.add(new Emission(Topics.STATES, current.key(), null));
        }
        current = takeover.before();
        emissions.add(Emission.of(current));
        outage = takeover.outage();
        if (outage != null) {
            emissions.add(Emission.of(outage));
        }
        takeover = null;
    }

    /** The same, by a check that failed at once: the process had forgotten what an operator wished. */
    private void resumeForgotten() {
        boolean said = draining;
        resume();
        draining = said;
    }

    /** The new process began with the server up, as HAProxy does: whatever was before ended with the old one. */
    private void startedUp() {
        if (takeover.outage() != null) {
            emissions.add(Emission.of(Outages.ended(takeover.outage(), takeover.at(), Outage.EndedBy.UP, false)));
        }
        Instant from = takeover.silentFrom() == null ? takeover.processAt() : takeover.silentFrom();
        takeover = null;
        enter(Health.UP, from, "reload", null);
    }

    /** Whether a check line of the new process tells what became of the server. */
    private boolean settledBy(Instant at, CheckResult check) {
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
            boolean sameKind = takeover.outage() == null || takeover.outage().agent() == check.agent();
            if (sameKind) {
                startedUp();
            }
            return sameKind;
        }
        if (takeover.was(Health.DRAIN) && check.state() == CheckResult.State.DRAIN) {
            resume();
        } else {
            startedUp(); // nothing is checked in maintenance
        }
        return true;
    }

    // What it is made of

    private boolean is(Health state) {
        return current != null && current.state() == state;
    }

    private void remember(boolean ofAgent, @Nullable CheckMemory before, CheckMemory now) {
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
            outage = Outages.recovering(outage, at);
            emissions.add(Emission.of(outage));
        } else if (fellBack && outage.firstSuccessAt() != null) {
            outage = Outages.recovering(outage, null);
            emissions.add(Emission.of(outage));
        }
    }

    private void checkedDown(Instant at, @Nullable Long pid, CheckResult check, CheckMemory now) {
        if (!now.failed()) {
            if (!is(Health.DOWN)) { // its DOWN was lost
                openOutage(at, pid, null, null, false, check.agent(), null);
                outage = Outages.recovering(Outages.uncertain(outage), at);
                emissions.add(Emission.of(outage));
            }
            return;
        }
        if (is(Health.DOWN) && !(passedAt != null && recoveredUnseen())) {
            if (outage != null
                    && outage.reason() == null
                    && outage.via() == null
                    && outage.changedFrom() == null
                    && Same.process(outage.pid(), pid)) {
                outage = Outages.withReason(outage, check.reason(), check.agent(), true);
                emissions.add(Emission.of(outage));
            }
            return;
        }
        openOutage(at, pid, check.reason(), null, true, check.agent(), now.failingSince());
        if (check.reason() != null) {
            count(at, check.reason(), 0, 1);
        }
    }

    private void joinAndOpen(Instant at, @Nullable Long pid, ServerSwitch said) {
        CheckMemory decider = decider(pid);
        if (decider == null || decider.reason() == null) {
            openOutage(at, pid, null, said, false, false, null);
            return;
        }
        openOutage(at, pid, decider.reason(), said, true, decider == agent, decider.failingSince());
        count(at, decider.reason(), 0, 1);
    }

    /** A server is UP again only when its health check and its agent both say so. */
    private boolean otherHoldsDown(CheckResult check) {
        CheckMemory other = check.agent() ? health : agent;
        return other != null && other.failed() && Same.value(other.health(), 0);
    }

    /** The last check line of this process that failed and was not followed by a passed one. */
    private @Nullable CheckMemory decider(@Nullable Long pid) {
        CheckMemory ofHealth = fails(health, pid);
        CheckMemory ofAgent = fails(agent, pid);
        if (ofHealth == null || ofAgent == null) {
            return ofHealth == null ? ofAgent : ofHealth;
        }
        return ofAgent.at().isAfter(ofHealth.at()) ? ofAgent : ofHealth;
    }

    private static @Nullable CheckMemory fails(@Nullable CheckMemory memory, @Nullable Long pid) {
        return memory != null && memory.failingSince() != null && Same.process(memory.pid(), pid) ? memory : null;
    }

    /** An agent's word stands in the info; HAProxy has no other mark for it in a DOWN line. */
    static boolean saidByAgent(CheckReason reason) {
        return reason.info() != null && reason.info().startsWith("via agent : ");
    }

    /** What a repeated DOWN line adds to the outage that is already open. */
    private void detail(Instant at, ServerSwitch said) {
        if (outage == null || Duration.between(outage.startedAt(), at).compareTo(TOGETHER) > 0) {
            return;
        }
        wasUpBefore();
        Outage before = outage;
        if (said.counts() != null && (outage.counts() == null || said.counts().none())) {
            outage = Outages.counted(outage, said.counts());
        }
        if (outage.reason() == null && said.reason() != null) {
            outage = Outages.withReason(outage, said.reason(), saidByAgent(said.reason()), false);
        }
        if (!outage.equals(before)) {
            emissions.add(Emission.of(outage));
        }
    }

    /** The check had passed often enough and then failed again: the UP line between is missing. */
    private boolean recoveredUnseen() {
        if (passedAt == null || outage == null) {
            return false;
        }
        Instant recovered = passedAt;
        closeOutage(recovered, Outage.EndedBy.UP, false);
        enter(serving(), recovered, "check", null);
        return true;
    }

    private void openOutage(
            Instant at,
            @Nullable Long pid,
            @Nullable CheckReason reason,
            @Nullable ServerSwitch said,
            boolean joined,
            boolean byAgent,
            @Nullable Instant firstFailureAt) {
        closeOutage(at, Outage.EndedBy.UNKNOWN, false);
        // Stamps of whole seconds: two outages of one second must not share a key.
        Instant start = at.isAfter(penalty.at()) ? at : penalty.at().plus(1, ChronoUnit.MICROS);
        String cause = reason == null ? "down" : reason.status().name();
        enter(Health.DOWN, start, cause, pid);
        outage = new Outage(
                node,
                server,
                backup,
                start,
                null,
                null,
                reason,
                said == null ? null : said.changedFrom(),
                said == null ? null : said.via(),
                byAgent,
                joined,
                firstFailureAt,
                said != null && said.counts() != null && said.counts().none(),
                true,
                pid,
                null,
                said == null ? null : said.counts());
        emissions.add(Emission.of(outage));
        penalty = penalty.onDown(node, server, start, rules.damping());
        if (penalty.episode() != null) {
            emissions.add(Emission.of(penalty.episode()));
        }
    }

    private void closeOutage(Instant at, Outage.EndedBy by, boolean certain) {
        if (outage != null) {
            Instant end = at.isBefore(outage.startedAt()) ? outage.startedAt() : at;
            emissions.add(Emission.of(Outages.ended(outage, end, by, certain && outage.certain())));
            outage = null;
        }
        passedAt = null;
    }

    private void enter(Health state, Instant at, String cause, @Nullable Long pid) {
        if (is(state)) {
            return;
        }
        Instant from = at;
        if (current == null) {
            knownSince = at;
        } else {
            from = at.isBefore(current.fromAt()) ? current.fromAt() : at;
            if (!from.equals(current.fromAt())) {
                emissions.add(Emission.of(ServerState.closed(current, from)));
            }
        }
        current = new StateInterval(node, server, backup, state, from, null, cause, pid);
        emissions.add(Emission.of(current));
    }

    private void count(Instant at, CheckReason reason, int failures, int downs) {
        Rollup counted = new Rollup(
                node,
                server,
                at.truncatedTo(ChronoUnit.MINUTES),
                reason.status(),
                reason.code(),
                failures,
                downs,
                reason.durationMillis());
        minute = Minutes.with(minute, counted);
        emissions.add(Emission.of(minute.get(minute.size() - 1)));
    }
}
