package io.risefall.streams.backend;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.risefall.schemas.Topics;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.state.BackendOutage;
import io.risefall.schemas.state.Evidence;
import io.risefall.schemas.state.Evidence.Role;
import io.risefall.schemas.state.Evidence.Rule;
import io.risefall.schemas.state.Loss;
import io.risefall.schemas.state.Provenance;
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
 * Whether one backend on one node has a usable server, and whether its lines are complete. Pure, like {@link ServerState}.
 *
 * @param node the HAProxy host
 * @param proxy the backend
 * @param outage the open outage; null if there is none
 * @param reloadedAt when the newest process began during the outage and has not reported the backend; else null
 * @param lostAt when the first such process began: the end of the outage as far as is known; else null
 * @param countCheck whether the counts of its servers follow from one another
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackendState(
        String node,
        String proxy,
        @Nullable BackendOutage outage,
        @Nullable Instant reloadedAt,
        @JsonProperty("parity") ServerCountCheck countCheck,
        @Nullable Instant lostAt)
        implements EntityState {

    public BackendState {
        countCheck = countCheck == null ? ServerCountCheck.NONE : countCheck; // an older build did not store it
    }

    /** Before the first input. */
    public static BackendState unseen(String node, String proxy) {
        return new BackendState(node, proxy, null, null, ServerCountCheck.NONE, null);
    }

    /** Whether a message concerns the backend as a whole. */
    public static boolean concerns(HealthMessage message) {
        return ServerCountCheck.concerns(message);
    }

    @Override
    public StateUpdate<EntityState> on(StateInput input, Rules rules) {
        if (input instanceof StateInput.ProcessReplaced reloaded) {
            return reloaded(reloaded);
        }
        if (input instanceof StateInput.ProxyStopped) {
            return new StateUpdate<>(
                    new BackendState(node, proxy, outage, reloadedAt, ServerCountCheck.NONE, lostAt), List.of());
        }
        if (input instanceof StateInput.ProcessEnded ended) {
            Instant end = lostAt == null ? ended.at() : lostAt;
            return new StateUpdate<>(
                    new BackendState(node, proxy, null, null, ServerCountCheck.NONE, null),
                    outage == null
                            ? List.of()
                            : List.of(OutputRecord.of(closed(
                                    outage,
                                    end,
                                    lostAt == null
                                            ? Evidence.inferred(Rule.PROCESS_ENDED, null, end)
                                            : Evidence.processBegan(end)))));
        }
        if (!(input instanceof StateInput.LogEvent event)) {
            return still();
        }
        Line line = event.line();
        BackendState counted = new BackendState(node, proxy, outage, reloadedAt, countCheck.on(line, node), lostAt);
        StateUpdate<EntityState> update = counted.apply(line, rules);
        List<OutputRecord> emissions = new ArrayList<>(changes(countCheck, counted.countCheck));
        emissions.addAll(update.emissions());
        return new StateUpdate<>(update.next(), emissions);
    }

    /** HAProxy forgot: whether the backend is still empty is unknown until the new process reports it. */
    private StateUpdate<EntityState> reloaded(StateInput.ProcessReplaced reloaded) {
        ServerCountCheck left = countCheck.without(reloaded.fromPid());
        if (outage == null) {
            return new StateUpdate<>(new BackendState(node, proxy, null, null, left, null), List.of());
        }
        Instant lost = lostAt == null ? reloaded.at() : lostAt;
        return new StateUpdate<>(
                new BackendState(node, proxy, outage, reloaded.at(), left, lost),
                List.of(OutputRecord.of(closed(outage, lost, Evidence.processBegan(lost)))));
    }

    private static BackendOutage closed(BackendOutage outage, Instant end, Evidence... why) {
        Instant start = outage.startedAt();
        Provenance provenance = Provenance.known(outage.provenance());
        for (Evidence one : why) {
            provenance = provenance.with(one);
        }
        return new BackendOutage(outage.node(), outage.proxy(), start, end.isBefore(start) ? start : end, provenance);
    }

    /** Records of losses that are new, different or no longer there after a line. */
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

    private StateUpdate<EntityState> apply(Line line, Rules rules) {
        if (line.message() instanceof BackendEmpty) {
            return emptied(line, rules);
        }
        return fills(line.message()) ? filled(line, (ServerSwitch) line.message()) : still();
    }

    private StateUpdate<EntityState> emptied(Line line, Rules rules) {
        if (outage == null) {
            return open(line, List.of());
        }
        Instant at = line.at();
        if (reloadedAt == null || Duration.between(reloadedAt, at).compareTo(rules.startup()) <= 0) {
            Provenance more = Provenance.known(outage.provenance());
            if (lostAt != null) {
                more = more.with(Evidence.processBegan(lostAt));
            }
            BackendOutage goesOn = new BackendOutage(
                    node, proxy, outage.startedAt(), null, more.with(Evidence.of(Role.REPEATED, line.position(), at)));
            return new StateUpdate<>(
                    new BackendState(node, proxy, goesOn, null, countCheck, null), List.of(OutputRecord.of(goesOn)));
        }
        Instant lost = lostAt == null ? reloadedAt : lostAt;
        return open(line, List.of(OutputRecord.of(closed(outage, lost, Evidence.processBegan(lost)))));
    }

    private StateUpdate<EntityState> open(Line line, List<OutputRecord> before) {
        Evidence opened = Evidence.of(Role.OPENED, line.position(), line.at());
        BackendOutage begun = new BackendOutage(node, proxy, line.at(), null, Provenance.of(opened));
        List<OutputRecord> emissions = new ArrayList<>(before);
        emissions.add(OutputRecord.of(begun));
        return new StateUpdate<>(new BackendState(node, proxy, begun, null, countCheck, null), emissions);
    }

    private StateUpdate<EntityState> filled(Line line, ServerSwitch change) {
        if (outage == null) {
            return still();
        }
        Instant at = line.at();
        // A DOWN that leaves servers shows that a new process began with all of them up.
        boolean wentDown = change.transition() == Transition.DOWN;
        BackendOutage over = wentDown && lostAt != null
                ? closed(
                        outage,
                        lostAt,
                        Evidence.processBegan(lostAt),
                        Evidence.inferred(Rule.SERVERS_LEFT, line.position(), at))
                : closed(outage, at, Evidence.of(Role.CLOSED, line.position(), at));
        return new StateUpdate<>(
                new BackendState(node, proxy, null, null, countCheck, null), List.of(OutputRecord.of(over)));
    }

    private StateUpdate<EntityState> still() {
        return new StateUpdate<>(this, List.of());
    }

    @Override
    public boolean knowsNothing() {
        return outage == null;
    }

    @Override
    public List<OutputRecord> expired(Instant at) {
        if (outage == null) {
            return List.of();
        }
        return List.of(OutputRecord.of(
                lostAt == null
                        ? closed(outage, at, Evidence.inferred(Rule.EXPIRED, null, at))
                        : closed(outage, lostAt, Evidence.processBegan(lostAt))));
    }

    /** Whether a message shows that the backend has a server. */
    public static boolean fills(HealthMessage message) {
        if (!(message instanceof ServerSwitch change) || change.carriedOver()) {
            return false; // a starting process counts servers that are not there yet
        }
        return change.counts() != null ? !change.counts().none() : Boolean.TRUE.equals(change.up());
    }

    @Override
    public List<OutputRecord> lasting() {
        List<OutputRecord> lasting = new ArrayList<>();
        countCheck.losses(node, proxy).forEach(loss -> lasting.add(OutputRecord.of(loss)));
        if (outage != null) {
            lasting.add(
                    OutputRecord.of(lostAt == null ? outage : closed(outage, lostAt, Evidence.processBegan(lostAt))));
        }
        return lasting;
    }
}
