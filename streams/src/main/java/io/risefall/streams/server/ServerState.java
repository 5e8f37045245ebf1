package io.risefall.streams.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.state.Doubt;
import io.risefall.schemas.state.Evidence;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateInterval;
import io.risefall.streams.absence.OpenDoubt;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.model.StateUpdate;
import io.risefall.streams.model.StreamsSettings.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one server on one node after all inputs so far. Pure: {@link #on} gives the next state and the records
 * to emit, always the same for the same inputs. Inputs must come in the order of time.
 *
 * @param node the HAProxy host
 * @param server the server on it
 * @param backup whether it is a backup server
 * @param current the open interval; null before the first input
 * @param outage the open outage; null if there is none
 * @param pendingReload set while the new process has not reported the server; null while its state is known
 * @param health the last line of its health check
 * @param agent the last line of its agent check
 * @param passedAt when the check that had brought it down had passed often enough, while there is no UP line yet
 * @param passedLine which line it is
 * @param longestGap longest time between two failed checks of one run
 * @param minute failures counted in the newest minute
 * @param penalty the damping penalty
 * @param processSince first line of the current process; null if the log has no pids
 * @param knownSince when its first interval began; null before the first input
 * @param draining whether it drains as soon as it is neither DOWN nor in maintenance
 * @param doubt set while no line has confirmed the state since an absence; else null
 * @param unconfirmed what was before the current outage, while only a check line reported it; else null
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServerState(
        String node,
        ServerName server,
        boolean backup,
        @Nullable StateInterval current,
        @Nullable Outage outage,
        @JsonProperty("takeover") @Nullable PendingReload pendingReload,
        @Nullable LastCheck health,
        @Nullable LastCheck agent,
        @Nullable Instant passedAt,
        @Nullable LinePosition passedLine,
        @Nullable Duration longestGap,
        @Nullable List<Rollup> minute,
        Penalty penalty,
        @Nullable Instant processSince,
        @Nullable Instant knownSince,
        boolean draining,
        @Nullable OpenDoubt doubt,
        @JsonProperty("undecided") @Nullable UnconfirmedDown unconfirmed)
        implements EntityState {

    /** Before the first input. */
    public static ServerState unseen(String node, ServerName server) {
        return new ServerState(
                node,
                server,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Penalty.NONE,
                null,
                null,
                false,
                null,
                null);
    }

    /** The check that ended the outage, if no UP line has followed it yet. */
    @Nullable PassedCheck passed() {
        return passedAt == null ? null : new PassedCheck(passedAt, passedLine);
    }

    @Override
    public StateUpdate<EntityState> on(StateInput input, Rules rules) {
        return new ServerTransition(this, input, rules).apply(input);
    }

    @Override
    public List<OutputRecord> lasting() {
        PassedCheck passed = passed();
        List<OutputRecord> lasting = new ArrayList<>();
        if (pendingReload != null) {
            lasting.add(OutputRecord.of(Intervals.closed(pendingReload.before(), pendingReload.at())));
            if (pendingReload.outage() != null) {
                lasting.add(OutputRecord.of(
                        OutageEdit.endUnknown(pendingReload.outage(), pendingReload.at(), pendingReload.why())));
            }
        }
        if (current != null && outage != null && passed != null) {
            lasting.addAll(Intervals.passed(current, outage, passed, draining));
        } else {
            if (current != null) {
                lasting.add(OutputRecord.of(current));
            }
            if (outage != null) {
                lasting.add(OutputRecord.of(outage));
            }
        }
        if (doubt != null && !doubt.settled()) {
            lasting.add(OutputRecord.of(doubtRecord(doubt, null)));
        }
        if (penalty.episode() != null) {
            lasting.add(OutputRecord.of(penalty.episode()));
        }
        return lasting;
    }

    @Override
    public boolean knowsNothing() {
        return current == null || current.state() == Health.UNKNOWN;
    }

    @Override
    public List<OutputRecord> expired(Instant at) {
        PassedCheck passed = passed();
        List<OutputRecord> last = new ArrayList<>();
        if (current != null && outage != null && passed != null) {
            last.addAll(Intervals.passed(current, outage, passed, draining));
            last.add(OutputRecord.of(
                    Intervals.closed(Intervals.afterPassed(current, passed, draining), later(passed.at(), at))));
            return last;
        }
        if (current != null) {
            last.add(OutputRecord.of(Intervals.closed(current, later(current.fromAt(), at))));
        }
        if (outage != null) {
            Evidence expired = Evidence.inferred(Evidence.Rule.EXPIRED, null, at);
            last.add(OutputRecord.of(OutageEdit.endUnknown(outage, later(outage.startedAt(), at), expired)));
        }
        if (doubt != null && !doubt.settled()) {
            last.add(OutputRecord.of(doubtRecord(doubt, later(doubt.from(), at))));
        }
        return last;
    }

    private Doubt doubtRecord(OpenDoubt open, @Nullable Instant toAt) {
        return new Doubt(node, server, open.from(), open.until(), toAt);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
