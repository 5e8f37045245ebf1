package io.risefall.streams.server;

import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.state.Doubt;
import io.risefall.streams.absence.AbsencePeriod;
import io.risefall.streams.absence.ImpliedState;
import io.risefall.streams.absence.OpenDoubt;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.StreamsSettings.Rules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Times in which nobody listened: what stood then is doubtful, and the next line tells what became of it. Since all lines
 * behind such a time were heard, a line that says what was just before it says so for all the time back to its end.
 */
class ServerHindsight extends ServerSuccession {
    /** The cause of what is not known, or concluded, because nobody listened. */
    private static final String ABSENCE = "absence";

    ServerHindsight(ServerState state, Rules rules) {
        super(state, rules);
    }

    /** Nobody listened: whatever state the server had, it can have changed and nobody knows. */
    void absent(AbsencePeriod away) {
        if (current == null) {
            if (processSince != null && processSince.isBefore(away.until())) {
                processSince = away.until(); // a first line tells of before only as far as all was heard
            }
            return;
        }
        if (doubt != null && !doubt.told()) {
            emissions.add(OutputRecord.of(record(doubt, away.from())));
            doubt = doubt.and(away);
        } else {
            doubt = OpenDoubt.begin(away, outage != null && outage.certain());
        }
        health = health == null ? null : health.forgotten();
        agent = agent == null ? null : agent.forgotten();
        if (outage != null) {
            outage = OutageEdit.uncertain(outage);
            emissions.add(OutputRecord.of(outage));
        }
        if (takeover != null && takeover.outage() != null) {
            takeover = takeover.uncertain();
        }
        emissions.add(OutputRecord.of(record(doubt, null)));
    }

    /** Before a line is heard: what it tells of the time before it. */
    void lookBack(Line line) {
        if (doubt == null) {
            return;
        }
        boolean fell = doubt.maybeFellAt() != null && isFall(line);
        if (doubt.told() && !fell) {
            doubt = null;
            return;
        }
        Set<Health> before = ImpliedState.before(line.message());
        boolean begunSince = doubt.maybeFellAt() != null && !doubt.told();
        if (outage != null && doubt.certain() && !begunSince && !before.isEmpty()) {
            outage = OutageEdit.certain(outage);
        }
        if (before.isEmpty() || takeover != null || is(Health.UNKNOWN) || current == null || isOvertaken(line)) {
            return;
        }
        if (begunSince) {
            if (fell && outage != null) { // the check was the last one of a fall: it went DOWN with it
                outage = OutageEdit.certain(outage);
            }
            end(doubt.until());
            return;
        }
        boolean heardSince = isHeardSince(line);
        Instant toldFrom = heardSince ? doubt.until() : line.at();
        boolean asBefore = before.contains(current.state()) && !fell;
        if (!asBefore) {
            contradict(before, toldFrom);
        }
        if (!heardSince) {
            doubt = doubt.since(line.at().plus(1, ChronoUnit.MICROS));
        } else if (ImpliedState.mayBeAFall(line.message())) {
            OpenDoubt beforeCheck = doubt;
            if (is(Health.DOWN)) {
                end(toldFrom);
            }
            doubt = beforeCheck.maybeFell(line.at(), is(Health.DOWN));
        } else {
            end(toldFrom);
        }
    }

    /** After a line was heard: whether the state still stands on nothing. */
    void settle(Line line) {
        if (doubt == null || doubt.told()) {
            return;
        }
        if (current == null) {
            end(line.at()); // the name is gone
            return;
        }
        boolean fresh = doubt.maybeFellAt() == null
                && !ImpliedState.before(line.message()).isEmpty();
        if (fresh && takeover == null && isHeardSince(line) && !isOvertaken(line)) {
            end(line.at());
        } else if (outage != null) {
            doubt = doubt.certain(outage.certain());
            if (outage.certain()) {
                outage = OutageEdit.uncertain(outage);
                emissions.add(OutputRecord.of(outage));
            }
        }
    }

    /** Another state than was believed: the change lies in the time when nobody listened. */
    private void contradict(Set<Health> before, Instant toldFrom) {
        Instant since = later(doubt.since(), current.fromAt());
        if (outage != null) {
            emissions.add(OutputRecord.of(OutageEdit.lostSight(outage, later(since, outage.startedAt()))));
            outage = null;
        }
        passedAt = null;
        draining &= before.contains(Health.DRAIN);
        enter(Health.UNKNOWN, since, ABSENCE, null);
        boolean known = since.isBefore(toldFrom);
        if (known && before.contains(Health.UP)) {
            enter(serving(), toldFrom, ABSENCE, null);
        } else if (known && before.equals(EnumSet.of(Health.MAINT))) {
            enter(Health.MAINT, toldFrom, ABSENCE, null);
        }
    }

    /** Whether the line was printed when somebody listened again. */
    private boolean isHeardSince(Line line) {
        return !line.precision().latest(line.at()).isBefore(doubt.until());
    }

    /** The end of a check that maintenance overtook says nothing of it. */
    private boolean isOvertaken(Line line) {
        return is(Health.MAINT)
                && line.message() instanceof CheckResult
                && Duration.between(current.fromAt(), line.at()).compareTo(rules.startup()) <= 0;
    }

    private boolean isFall(Line line) {
        HealthMessage message = line.message();
        return message instanceof ServerSwitch said
                && said.transition() == Transition.DOWN
                && !said.carriedOver()
                && Duration.between(doubt.maybeFellAt(), line.at()).compareTo(TOGETHER) <= 0;
    }

    private void end(Instant at) {
        emissions.add(OutputRecord.of(record(doubt, later(doubt.from(), at))));
        doubt = null;
        if (outage != null) {
            emissions.add(OutputRecord.of(outage));
        }
    }

    private Doubt record(OpenDoubt open, @Nullable Instant toAt) {
        return new Doubt(node, server, open.from(), open.until(), toAt);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
