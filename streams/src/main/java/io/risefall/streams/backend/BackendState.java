package io.risefall.streams.backend;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.Topics;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.state.BackendOutage;
import io.risefall.schemas.state.Loss;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.model.StateUpdate;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.server.ServerState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether one backend on one node has a server left, and whether its lines are complete. Pure, like {@link ServerState}.
 *
 * @param node the HAProxy host
 * @param proxy the backend
 * @param outage the stretch without a server that lasts; null while there is none
 * @param reloadedAt when a new process took over in the middle of it, as long as nothing has told what that meant
 * @param lostAt when the first of these took over; what is told until something tells
 * @param parity whether the counts of its servers follow from one another
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackendState(
        String node,
        String proxy,
        @Nullable BackendOutage outage,
        @Nullable Instant reloadedAt,
        ServerCountCheck parity,
        @Nullable Instant lostAt)
        implements EntityState {

    public BackendState {
        parity = parity == null ? ServerCountCheck.NONE : parity; // stored before it was kept
    }

    /** Before the first word. */
    public static BackendState unseen(String node, String proxy) {
        return new BackendState(node, proxy, null, null, ServerCountCheck.NONE, null);
    }

    /** Whether a message tells something of the backend as a whole. */
    public static boolean concerns(HealthMessage message) {
        return ServerCountCheck.concerns(message);
    }

    @Override
    public StateUpdate<EntityState> on(StateInput word, Rules rules) {
        if (word instanceof StateInput.ProcessReplaced reloaded) {
            return reloaded(reloaded);
        }
        if (word instanceof StateInput.ProxyStopped) {
            return new StateUpdate<>(
                    new BackendState(node, proxy, outage, reloadedAt, ServerCountCheck.NONE, lostAt), List.of());
        }
        if (word instanceof StateInput.ProcessEnded ended) {
            Instant end = lostAt == null ? ended.at() : lostAt;
            return new StateUpdate<>(
                    new BackendState(node, proxy, null, null, ServerCountCheck.NONE, null),
                    outage == null ? List.of() : List.of(OutputRecord.of(closed(end))));
        }
        if (!(word instanceof StateInput.LogEvent spoken)) {
            return still();
        }
        Line line = spoken.line();
        BackendState counted = new BackendState(node, proxy, outage, reloadedAt, parity.on(line, node), lostAt);
        StateUpdate<EntityState> step = counted.hear(line, rules);
        List<OutputRecord> emissions = new ArrayList<>(changes(parity, counted.parity));
        emissions.addAll(step.emissions());
        return new StateUpdate<>(step.next(), emissions);
    }

    /** HAProxy forgot: whether the backend is still empty is not known until a line of the new process says. */
    private StateUpdate<EntityState> reloaded(StateInput.ProcessReplaced reloaded) {
        ServerCountCheck left = parity.without(reloaded.fromPid());
        if (outage == null) {
            return new StateUpdate<>(new BackendState(node, proxy, null, null, left, null), List.of());
        }
        Instant lost = lostAt == null ? reloaded.at() : lostAt;
        return new StateUpdate<>(
                new BackendState(node, proxy, outage, reloaded.at(), left, lost),
                List.of(OutputRecord.of(closed(lost))));
    }

    private BackendOutage closed(Instant end) {
        return new BackendOutage(
                node, proxy, outage.startedAt(), end.isBefore(outage.startedAt()) ? outage.startedAt() : end);
    }

    /** What is lost as far as lines tell now, and was not or otherwise before. */
    private List<OutputRecord> changes(ServerCountCheck before, ServerCountCheck after) {
        List<Loss> was = before.losses(node, proxy);
        List<Loss> is = after.losses(node, proxy);
        List<OutputRecord> changes = new ArrayList<>();
        for (Loss loss : was) {
            if (after.isUnsettled(loss)
                    && is.stream().noneMatch(other -> other.key().equals(loss.key()))) {
                changes.add(new OutputRecord(Topics.STATES, loss.key(), null));
            }
        }
        is.stream().filter(loss -> !was.contains(loss)).map(OutputRecord::of).forEach(changes::add);
        return changes;
    }

    private StateUpdate<EntityState> hear(Line line, Rules rules) {
        if (line.message() instanceof BackendEmpty) {
            return emptied(line.at(), rules);
        }
        return fills(line.message()) ? filled(line.at(), (ServerSwitch) line.message()) : still();
    }

    private StateUpdate<EntityState> emptied(Instant at, Rules rules) {
        if (outage == null) {
            return open(at, List.of());
        }
        if (reloadedAt == null || Duration.between(reloadedAt, at).compareTo(rules.startup()) <= 0) {
            List<OutputRecord> goesOn = lostAt == null ? List.of() : List.of(OutputRecord.of(outage));
            return new StateUpdate<>(new BackendState(node, proxy, outage, null, parity, null), goesOn);
        }
        return open(at, List.of(OutputRecord.of(closed(lostAt))));
    }

    private StateUpdate<EntityState> open(Instant at, List<OutputRecord> before) {
        BackendOutage begun = new BackendOutage(node, proxy, at, null);
        List<OutputRecord> emissions = new ArrayList<>(before);
        emissions.add(OutputRecord.of(begun));
        return new StateUpdate<>(new BackendState(node, proxy, begun, null, parity, null), emissions);
    }

    private StateUpdate<EntityState> filled(Instant at, ServerSwitch said) {
        if (outage == null) {
            return still();
        }
        // A DOWN that leaves servers shows that a new process began with all of them up.
        boolean wentDown = said.transition() == Transition.DOWN;
        Instant end = wentDown && lostAt != null ? lostAt : at;
        return new StateUpdate<>(
                new BackendState(node, proxy, null, null, parity, null), List.of(OutputRecord.of(closed(end))));
    }

    private StateUpdate<EntityState> still() {
        return new StateUpdate<>(this, List.of());
    }

    @Override
    public boolean knowsNothing() {
        return outage == null;
    }

    @Override
    public List<OutputRecord> gone(Instant at) {
        return outage == null ? List.of() : List.of(OutputRecord.of(closed(lostAt == null ? at : lostAt)));
    }

    /** Whether a message shows that the backend has a server. */
    public static boolean fills(HealthMessage message) {
        if (!(message instanceof ServerSwitch said) || said.carriedOver()) {
            return false; // what a starting process counts is not there yet
        }
        return said.counts() != null ? !said.counts().none() : Boolean.TRUE.equals(said.up());
    }

    @Override
    public List<OutputRecord> lasting() {
        List<OutputRecord> lasting = new ArrayList<>();
        parity.losses(node, proxy).forEach(loss -> lasting.add(OutputRecord.of(loss)));
        if (outage != null) {
            lasting.add(OutputRecord.of(lostAt == null ? outage : closed(lostAt)));
        }
        return lasting;
    }
}
