package io.risefall.streams.server;

import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.state.Doubt;
import io.risefall.schemas.state.Evidence;
import io.risefall.schemas.state.Provenance;
import io.risefall.streams.absence.AbsencePeriod;
import io.risefall.streams.absence.ImpliedState;
import io.risefall.streams.absence.OpenDoubt;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.time.Tolerances;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Times when nobody listened to a node: the state then is doubtful, and the next line settles it. All lines after such a
 * time were received, so what a line implies about the moment before it holds back to the end of that time.
 */
final class AbsenceHandling {
    /** The cause of an interval that is unknown or inferred because nobody listened. */
    private static final String ABSENCE = "absence";

    private final ServerDraft draft;

    AbsenceHandling(ServerDraft draft) {
        this.draft = draft;
    }

    /** Nobody listened: the state may have changed meanwhile. */
    void listenerAbsent(AbsencePeriod away) {
        if (draft.current == null) {
            if (draft.processSince != null && draft.processSince.isBefore(away.until())) {
                draft.processSince = away.until(); // a first line implies nothing about the time before it was listened
            }
            return;
        }
        if (draft.doubt != null && !draft.doubt.settled()) {
            draft.emit(OutputRecord.of(record(draft.doubt, away.from())));
            draft.doubt = draft.doubt.and(away);
        } else {
            draft.doubt = OpenDoubt.begin(away, draft.outage != null && draft.outage.certain());
        }
        draft.health = draft.health == null ? null : draft.health.forgotten();
        draft.agent = draft.agent == null ? null : draft.agent.forgotten();
        if (draft.outage != null) {
            draft.outage = OutageEdit.uncertain(draft.outage);
            draft.emit(OutputRecord.of(draft.outage));
        }
        if (draft.knowledge instanceof PendingReload pending) {
            draft.knowledge = pending.uncertain();
        }
        draft.emit(OutputRecord.of(record(draft.doubt, null)));
    }

    /** Before a line is applied: what it implies about the time before it. */
    void beforeLine(Line line) {
        if (draft.doubt == null) {
            return;
        }
        boolean fell = draft.doubt.maybeFellAt() != null && isFall(line);
        if (draft.doubt.settled() && !fell) {
            draft.doubt = null;
            return;
        }
        Set<Health> before = ImpliedState.before(line.message());
        boolean begunSince = draft.doubt.maybeFellAt() != null && !draft.doubt.settled();
        if (draft.outage != null && draft.doubt.certain() && !begunSince && !before.isEmpty()) {
            draft.outage = OutageEdit.certain(draft.outage);
        }
        if (before.isEmpty() || draft.is(Health.UNKNOWN) || draft.current == null || isOvertaken(line)) {
            return;
        }
        if (begunSince) {
            if (fell && draft.outage != null) { // the check was the last one of a fall: it went DOWN with it
                draft.outage = OutageEdit.certain(draft.outage);
            }
            end(draft.doubt.until());
            return;
        }
        boolean printedSince = isPrintedSince(line);
        Instant impliedFrom = printedSince ? draft.doubt.until() : line.at();
        boolean asBefore = before.contains(draft.current.state()) && !fell;
        if (!asBefore) {
            contradict(before, impliedFrom);
        }
        if (!printedSince) {
            draft.doubt = draft.doubt.since(line.at().plus(1, ChronoUnit.MICROS));
        } else if (ImpliedState.mayBeAFall(line.message())) {
            OpenDoubt beforeCheck = draft.doubt;
            if (draft.is(Health.DOWN)) {
                end(impliedFrom);
            }
            draft.doubt = beforeCheck.maybeFell(line.at(), draft.is(Health.DOWN));
        } else {
            end(impliedFrom);
        }
    }

    /** After a line was applied: whether the state is still doubtful. */
    void afterLine(Line line) {
        if (draft.doubt == null || draft.doubt.settled()) {
            return;
        }
        if (draft.current == null) {
            end(line.at()); // the name is gone
            return;
        }
        boolean fresh = draft.doubt.maybeFellAt() == null
                && !ImpliedState.before(line.message()).isEmpty();
        if (fresh && draft.isKnown() && isPrintedSince(line) && !isOvertaken(line)) {
            end(line.at());
        } else if (draft.outage != null) {
            draft.doubt = draft.doubt.certain(draft.outage.certain());
            if (draft.outage.certain()) {
                draft.outage = OutageEdit.uncertain(draft.outage);
                draft.emit(OutputRecord.of(draft.outage));
            }
        }
    }

    /** The line implies another state: the change happened when nobody listened. */
    private void contradict(Set<Health> before, Instant impliedFrom) {
        Instant since = later(draft.openDoubt().since(), draft.interval().fromAt());
        Evidence absence = draft.inferred(Evidence.Rule.ABSENCE);
        if (draft.outage != null) {
            draft.emit(OutputRecord.of(
                    OutageEdit.endUnknown(draft.outage, later(since, draft.outage.startedAt()), absence)));
            draft.outage = null;
        }
        draft.passed = null;
        draft.draining &= before.contains(Health.DRAIN);
        draft.enter(Health.UNKNOWN, since, ABSENCE, null, Provenance.of(absence));
        boolean known = since.isBefore(impliedFrom);
        if (known && before.contains(Health.UP)) {
            draft.enter(draft.serving(), impliedFrom, ABSENCE, null, Provenance.of(absence));
        } else if (known && before.equals(EnumSet.of(Health.MAINT))) {
            draft.enter(Health.MAINT, impliedFrom, ABSENCE, null, Provenance.of(absence));
        }
    }

    /** Whether the line was printed after listening resumed. */
    private boolean isPrintedSince(Line line) {
        return !line.precision().latest(line.at()).isBefore(draft.openDoubt().until());
    }

    /** A check that was running when maintenance began does not end it. */
    private boolean isOvertaken(Line line) {
        return draft.is(Health.MAINT)
                && line.message() instanceof CheckResult
                && Duration.between(draft.interval().fromAt(), line.at()).compareTo(draft.rules.startup()) <= 0;
    }

    private boolean isFall(Line line) {
        HealthMessage message = line.message();
        return message instanceof ServerSwitch change
                && change.transition() == Transition.DOWN
                && !change.carriedOver()
                && Duration.between(draft.openDoubt().maybeFellAt(), line.at()).compareTo(Tolerances.ONE_CHANGE) <= 0;
    }

    private void end(Instant at) {
        draft.emit(OutputRecord.of(
                record(draft.openDoubt(), later(draft.openDoubt().from(), at))));
        draft.doubt = null;
        if (draft.outage != null) {
            draft.emit(OutputRecord.of(draft.outage));
        }
    }

    private Doubt record(OpenDoubt open, @Nullable Instant toAt) {
        return new Doubt(draft.node, draft.server, open.from(), open.until(), toAt);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
