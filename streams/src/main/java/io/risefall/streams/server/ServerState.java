package io.risefall.streams.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerNotice;
import io.risefall.schemas.message.ServerSnapshot;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.state.Doubt;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateInterval;
import io.risefall.streams.absence.OpenDoubt;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.Line;
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
 * What is known of one server on one node after all words up to now. Pure: {@link #on} gives the next state and what is
 * to be said; the same words in the same order always give the same. Words must come in the order of time.
 *
 * @param node the HAProxy host
 * @param server the server on it
 * @param backup whether it is a backup server
 * @param current the interval that lasts; null before the first word
 * @param outage the outage that lasts; null while there is none
 * @param takeover set while it is not known what became of it in a new process
 * @param health the last line of its health check
 * @param agent the last line of its agent check
 * @param passedAt when the check that had brought it down had passed often enough, while no UP line has been seen
 * @param longestGap longest time between two failed checks of one run
 * @param minute failures counted in the newest minute
 * @param penalty the damping penalty
 * @param processSince when the process that spoke last was first heard; null where the log has no pids
 * @param knownSince when its first interval began; null before the first word
 * @param draining whether it drains as soon as it is neither DOWN nor in maintenance
 * @param doubt set while the state stands only because nobody listened; null where it does not
 * @param undecided what was before the outage that lasts, while only a check line has told of that; else null
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServerState(
        String node,
        ServerName server,
        boolean backup,
        @Nullable StateInterval current,
        @Nullable Outage outage,
        @Nullable PendingReload takeover,
        @Nullable LastCheck health,
        @Nullable LastCheck agent,
        @Nullable Instant passedAt,
        @Nullable Duration longestGap,
        @Nullable List<Rollup> minute,
        Penalty penalty,
        @Nullable Instant processSince,
        @Nullable Instant knownSince,
        boolean draining,
        @Nullable OpenDoubt doubt,
        @Nullable UnconfirmedDown undecided)
        implements EntityState {

    /** Before the first word. */
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
                Penalty.NONE,
                null,
                null,
                false,
                null,
                null);
    }

    @Override
    public StateUpdate<EntityState> on(StateInput word, Rules rules) {
        ServerChange change = new ServerChange(this, rules);
        if (word instanceof StateInput.ProcessStarted began) {
            change.began(began.at());
        } else if (word instanceof StateInput.ProcessReplaced reloaded) {
            change.reloaded(reloaded.at(), reloaded.fromPid() == reloaded.pid());
        } else if (word instanceof StateInput.ProxyStopped stopped) {
            change.stopped(stopped.at());
        } else if (word instanceof StateInput.ListenerAbsent absent) {
            change.absent(absent.away());
        } else if (word instanceof StateInput.ProcessEnded ended) {
            change.ended(ended.at());
        } else if (word instanceof StateInput.LogEvent said) {
            if (change.believes(said.line())) {
                change.lookBack(said.line());
                hear(change, said.line());
                change.settle(said.line());
            }
        }
        return change.step();
    }

    @Override
    public List<OutputRecord> lasting() {
        List<OutputRecord> lasting = new ArrayList<>();
        if (takeover != null) {
            lasting.add(OutputRecord.of(closed(takeover.before(), takeover.at())));
            if (takeover.outage() != null) {
                lasting.add(OutputRecord.of(OutageEdit.lostSight(takeover.outage(), takeover.at())));
            }
        }
        if (outage != null && passedAt != null) {
            lasting.addAll(passed(current, outage, passedAt, draining));
        } else {
            if (current != null) {
                lasting.add(OutputRecord.of(current));
            }
            if (outage != null) {
                lasting.add(OutputRecord.of(outage));
            }
        }
        if (doubt != null && !doubt.told()) {
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
    public List<OutputRecord> gone(Instant at) {
        List<OutputRecord> last = new ArrayList<>();
        if (outage != null && passedAt != null) {
            last.addAll(passed(current, outage, passedAt, draining));
            last.add(OutputRecord.of(closed(afterPassed(current, passedAt, draining), later(passedAt, at))));
            return last;
        }
        if (current != null) {
            last.add(OutputRecord.of(closed(current, later(current.fromAt(), at))));
        }
        if (outage != null) {
            last.add(OutputRecord.of(OutageEdit.lostSight(outage, later(outage.startedAt(), at))));
        }
        if (doubt != null && !doubt.told()) {
            last.add(OutputRecord.of(doubtRecord(doubt, later(doubt.from(), at))));
        }
        return last;
    }

    private Doubt doubtRecord(OpenDoubt open, @Nullable Instant toAt) {
        return new Doubt(node, server, open.from(), open.until(), toAt);
    }

    /**
     * What is said while the check that had brought it down has passed often enough and no UP line has followed: HAProxy
     * prints that right behind, so it was lost, or another process of the same pid has printed the check line.
     */
    static List<OutputRecord> passed(StateInterval down, Outage outage, Instant at, boolean draining) {
        return List.of(
                OutputRecord.of(closed(down, at)),
                OutputRecord.of(afterPassed(down, at, draining)),
                OutputRecord.of(OutageEdit.ended(outage, at, Outage.EndedBy.UP, false)));
    }

    static StateInterval afterPassed(StateInterval down, Instant at, boolean draining) {
        return new StateInterval(
                down.node(),
                down.server(),
                down.backup(),
                draining ? Health.DRAIN : Health.UP,
                at,
                null,
                "check",
                null);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    static StateInterval closed(StateInterval interval, Instant to) {
        return new StateInterval(
                interval.node(),
                interval.server(),
                interval.backup(),
                interval.state(),
                interval.fromAt(),
                to,
                interval.cause(),
                interval.pid());
    }

    private static void hear(ServerChange change, Line line) {
        HealthMessage message = line.message();
        if (message instanceof ServerSwitch said) {
            hear(change, line, said);
        } else if (message instanceof CheckResult said) {
            change.checked(line.at(), line.pid(), said);
        } else if (message instanceof ServerSnapshot said) {
            change.snapshot(line.at(), line.pid(), said.up());
        } else if (message instanceof ServerNotice said && said.what() == ServerNotice.What.RENAMED) {
            change.renamed(line.at(), said);
        }
    }

    private static void hear(ServerChange change, Line line, ServerSwitch said) {
        Instant at = line.at();
        Long pid = line.pid();
        change.seen(said.backup());
        switch (said.transition()) {
            case DOWN -> {
                if (said.carriedOver()) {
                    change.snapshot(at, pid, false);
                } else {
                    change.down(at, pid, said);
                }
            }
            case UP -> change.up(at, pid);
            case STOPPING -> change.stopping(at, pid);
            case MAINTENANCE -> change.maintenance(at, pid, false, said.why());
            case MAINTENANCE_FROM_DOWN -> change.maintenance(at, pid, true, said.why());
            case LEAVES_FORCED_MAINTENANCE, LEAVES_MAINTENANCE, RESOLVES_AGAIN ->
                change.leaves(at, pid, said, Health.MAINT, "leaving maintenance");
            case LEAVES_FORCED_DRAIN, LEAVES_DRAIN -> change.leaves(at, pid, said, Health.DRAIN, "leaving drain");
            case RESOLVES_REMAINS_MAINTENANCE, LEAVES_FORCED_REMAINS_MAINTENANCE, REMAINS_FORCED_MAINTENANCE ->
                change.remainsInMaintenance(at, pid);
            case DRAIN -> change.drain(at, pid, false, said.cut() ? null : said.counts());
            case REMAINS_DRAIN, REMAINS_FORCED_DRAIN, LEAVES_FORCED_REMAINS_DRAIN -> change.drain(at, pid, true, null);
        }
    }
}
