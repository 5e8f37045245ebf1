package io.risefall.streams.server;

import io.risefall.schemas.Topics;
import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.state.Evidence;
import io.risefall.schemas.state.Evidence.Role;
import io.risefall.schemas.state.Evidence.Rule;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Provenance;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateInterval;
import io.risefall.streams.absence.OpenDoubt;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.model.StateUpdate;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.time.Tolerances;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ServerState} that changes while one input is applied, with the records that this emits: the steps that the
 * handlers share. Lives for one call.
 */
final class ServerDraft {
    final Rules rules;
    final String node;
    final ServerName server;
    private final List<OutputRecord> emissions = new ArrayList<>();
    private final Instant now;
    /** The line that is applied; null if the input is none. */
    final @Nullable LinePosition line;

    boolean backup;

    @Nullable StateInterval current;

    @Nullable Outage outage;

    Knowledge knowledge;

    @Nullable LastCheck health;

    @Nullable LastCheck agent;

    @Nullable PassedCheck passed;

    @Nullable Duration longestGap;

    List<Rollup> minute;
    Penalty penalty;

    @Nullable Instant processSince;

    @Nullable Instant knownSince;

    boolean draining;

    @Nullable OpenDoubt doubt;

    @Nullable UnconfirmedDown unconfirmed;

    ServerDraft(ServerState state, StateInput input, Rules rules) {
        this.rules = rules;
        now = input.at();
        line = input instanceof StateInput.LogEvent event ? event.line().position() : null;
        node = state.node();
        server = state.server();
        backup = state.backup();
        current = state.current();
        outage = state.outage();
        knowledge = Knowledge.of(state.pendingReload());
        health = state.health();
        agent = state.agent();
        passed = state.passed();
        longestGap = state.longestGap();
        minute = state.minute() == null ? List.of() : state.minute();
        penalty = state.penalty();
        processSince = state.processSince();
        knownSince = state.knownSince();
        draining = state.draining();
        doubt = state.doubt();
        unconfirmed = state.unconfirmed();
    }

    StateUpdate<EntityState> update() {
        return new StateUpdate<>(
                new ServerState(
                        node,
                        server,
                        backup,
                        current,
                        outage,
                        knowledge.pendingReload(),
                        health,
                        agent,
                        passed == null ? null : passed.at(),
                        passed == null ? null : passed.line(),
                        longestGap,
                        minute,
                        penalty,
                        processSince,
                        knownSince,
                        draining,
                        doubt,
                        unconfirmed),
                emissions);
    }

    /** Whether no reload is pending. */
    boolean isKnown() {
        return knowledge instanceof Knowledge.Known;
    }

    /** The open interval, where there must be one. */
    StateInterval interval() {
        return present(current, "state");
    }

    /** The open outage, where there must be one. */
    Outage ongoing() {
        return present(outage, "outage");
    }

    /** The open doubt, where there must be one. */
    OpenDoubt openDoubt() {
        return present(doubt, "doubt");
    }

    private <T> T present(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalStateException("no " + what + " of " + server + " on " + node + " to change");
        }
        return value;
    }

    void emit(OutputRecord record) {
        emissions.add(record);
    }

    boolean is(Health state) {
        return current != null && current.state() == state;
    }

    /** What the input is for a record. */
    Evidence as(Evidence.Role role) {
        return Evidence.of(role, line, now);
    }

    /** A record follows from the input by a rule. */
    Evidence inferred(Evidence.Rule rule) {
        return Evidence.inferred(rule, line, now);
    }

    /** The input began this state. */
    void enter(Health state, Instant at, String cause, @Nullable Long pid) {
        enter(state, at, cause, pid, Provenance.of(as(Role.OPENED)));
    }

    void enter(Health state, Instant at, String cause, @Nullable Long pid, Provenance provenance) {
        if (is(state)) {
            return;
        }
        Instant from = at;
        if (current == null) {
            knownSince = at;
        } else {
            from = at.isBefore(current.fromAt()) ? current.fromAt() : at;
            if (!from.equals(current.fromAt())) {
                emit(OutputRecord.of(Intervals.closed(current, from)));
            }
        }
        current = new StateInterval(node, server, backup, state, from, null, cause, pid, provenance);
        emit(OutputRecord.of(current));
    }

    /**
     * It is DOWN, and no line shows since when: an outage that is not certain, and does not count for flapping.
     */
    void findDown(
            Instant at,
            String cause,
            @Nullable Long pid,
            @Nullable CheckReason reason,
            boolean byAgent,
            Provenance provenance) {
        unconfirmed = null;
        Instant start = startOfOutage(at);
        enter(Health.DOWN, start, cause, pid, provenance);
        outage = new Outage(
                node,
                server,
                backup,
                start,
                null,
                null,
                reason,
                null,
                null,
                byAgent,
                reason != null,
                null,
                false,
                false,
                pid,
                null,
                null,
                provenance);
        emit(OutputRecord.of(outage));
        penalty = penalty.uncounted(start, rules.damping());
    }

    /** With timestamps of whole seconds, two outages of one second must not share a key. */
    private Instant startOfOutage(Instant at) {
        return at.isAfter(penalty.at()) ? at : penalty.at().plus(1, ChronoUnit.MICROS);
    }

    /** @param provenance what it follows from; at the end what begins it */
    void openOutage(
            Instant at,
            @Nullable Long pid,
            @Nullable CheckReason reason,
            @Nullable ServerSwitch message,
            boolean joined,
            boolean byAgent,
            @Nullable Instant firstFailureAt,
            Provenance provenance) {
        unconfirmed = null;
        Instant start = startOfOutage(at);
        String cause = reason == null ? "down" : reason.status().name();
        List<Evidence> evidence = provenance.evidence();
        enter(Health.DOWN, start, cause, pid, Provenance.of(evidence.get(evidence.size() - 1)));
        outage = new Outage(
                node,
                server,
                backup,
                start,
                null,
                null,
                reason,
                message == null ? null : message.changedFrom(),
                message == null ? null : message.via(),
                byAgent,
                joined,
                firstFailureAt,
                message != null && message.counts() != null && message.counts().none(),
                true,
                pid,
                null,
                message == null ? null : message.counts(),
                provenance);
        emit(OutputRecord.of(outage));
        penalty = penalty.onDown(node, server, start, rules.damping());
        if (penalty.episode() != null) {
            emit(OutputRecord.of(penalty.episode()));
        }
    }

    /** The input says that the outage ended. */
    void closeOutage(Instant at, Outage.EndedBy by) {
        closeOutage(at, by, as(Role.CLOSED));
    }

    /** That the outage ended is inferred. */
    void closeOutage(Instant at, Outage.EndedBy by, Evidence.Rule rule) {
        closeOutage(at, by, inferred(rule));
    }

    private void closeOutage(Instant at, Outage.EndedBy by, Evidence why) {
        notPassed();
        if (outage != null) {
            Instant end = at.isBefore(outage.startedAt()) ? outage.startedAt() : at;
            boolean certain = why.role() == Role.CLOSED && outage.certain();
            emit(OutputRecord.of(OutageEdit.ended(outage, end, by, certain, why)));
            outage = null;
        }
        unconfirmed = null;
    }

    /** The check that had brought it down passed often enough: as far as is known it is UP again. */
    void passed(Instant at) {
        if (passed != null) {
            return; // it has been UP since the first one
        }
        Instant from = interval().fromAt();
        passed = new PassedCheck(at.isBefore(from) ? from : at, line);
        emissions.addAll(Intervals.passed(interval(), ongoing(), passed, draining));
    }

    /** Takes back the records of a passed check: they are wrong, or a line reports the end itself. */
    void notPassed() {
        if (passed == null) {
            return;
        }
        if (outage != null && !passed.at().equals(interval().fromAt())) {
            emit(new OutputRecord(
                    Topics.STATES,
                    Intervals.afterPassed(interval(), passed, draining).key(),
                    null));
            emit(OutputRecord.of(interval()));
            emit(OutputRecord.of(outage));
        }
        passed = null;
    }

    /**
     * Takes back an outage that only a check line reported: maintenance began before HAProxy marked the server DOWN. Not if a
     * line reported that it was DOWN, or the check was some time ago.
     */
    void overtaken(Instant at) {
        if (outage == null
                || unconfirmed == null
                || Duration.between(outage.startedAt(), at).compareTo(Tolerances.ONE_CHANGE) > 0) {
            return;
        }
        emit(new OutputRecord(Topics.STATES, outage.key(), null));
        emit(new OutputRecord(Topics.STATES, interval().key(), null));
        if (penalty.episode() != null) {
            emit(new OutputRecord(Topics.FLAPPING, penalty.episode().key(), null));
        }
        if (outage.reason() != null) {
            uncountDown(outage.startedAt(), outage.reason());
        }
        outage = null;
        current = unconfirmed.before();
        penalty = unconfirmed.penalty();
        unconfirmed = null;
        if (current != null) {
            emit(OutputRecord.of(current));
        }
        if (penalty.episode() != null) {
            emit(OutputRecord.of(penalty.episode()));
        }
    }

    private void uncountDown(Instant at, CheckReason reason) {
        Rollup less = new Rollup(
                node, server, at.truncatedTo(ChronoUnit.MINUTES), reason.status(), reason.code(), 0, -1, null, null);
        if (minute.stream().anyMatch(rollup -> rollup.key().equals(less.key()) && rollup.downs() > 0)) {
            minute = FailureCounts.with(minute, less);
            emit(OutputRecord.of(minute.get(minute.size() - 1)));
        }
    }

    void count(Instant at, CheckReason reason, int failures, int downs) {
        Rollup counted = new Rollup(
                node,
                server,
                at.truncatedTo(ChronoUnit.MINUTES),
                reason.status(),
                reason.code(),
                failures,
                downs,
                reason.durationMillis(),
                failures == 0 ? null : Provenance.of(as(Role.COUNTED)));
        minute = FailureCounts.with(minute, counted);
        emit(OutputRecord.of(minute.get(minute.size() - 1)));
    }

    /** The check passed often enough and then failed again: the UP line in between is missing. */
    boolean recoveredUnseen() {
        if (passed == null || outage == null) {
            return false;
        }
        PassedCheck recovered = passed;
        passed = null; // its records stay
        closeOutage(recovered.at(), Outage.EndedBy.UP, recovered.evidence());
        enter(serving(), recovered.at(), "check", null, Provenance.of(recovered.evidence()));
        return true;
    }

    /** The state of a server whose health is good. */
    Health serving() {
        return draining ? Health.DRAIN : Health.UP;
    }

    /**
     * A first line that implies the state before it: the server has been in it since the first line of its process, or
     * HAProxy would have printed another line.
     */
    void hasBeen(Health state, Instant at) {
        if (current == null && processSince != null && processSince.isBefore(at)) {
            enter(state, processSince, "process", null, Provenance.of(inferred(Rule.FIRST_LINE)));
        }
    }

    /** A DOWN line after a check line that was the first of all: the server had been UP, as in {@link #hasBeen}. */
    void wasUpBefore() {
        Instant from = interval().fromAt();
        if (from.equals(knownSince) && processSince != null && processSince.isBefore(from)) {
            emit(OutputRecord.of(new StateInterval(
                    node,
                    server,
                    backup,
                    Health.UP,
                    processSince,
                    from,
                    "process",
                    null,
                    Provenance.of(inferred(Rule.FIRST_LINE)))));
            knownSince = processSince;
        }
    }

    void seen(boolean asBackup) {
        backup |= asBackup;
    }
}
