package io.risefall.streams.server;

import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ObservedServer;
import io.risefall.schemas.message.ServerNotice;
import io.risefall.schemas.message.ServerSnapshot;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.model.StateUpdate;
import io.risefall.streams.model.StreamsSettings.Rules;
import org.jspecify.annotations.Nullable;

/**
 * Applies one input to a server's state: hands it to the handler of its kind. The handlers share one {@link ServerDraft}.
 * Lives for one call.
 */
public final class ServerTransition {
    private final ServerDraft draft;
    private final ReloadHandling reload;
    private final AbsenceHandling absences;
    private final SnapshotHandling snapshots;
    private final ObservedHandling observations;
    private final CheckHandling checks;
    private final SwitchHandling switches;

    ServerTransition(ServerState state, StateInput input, Rules rules) {
        draft = new ServerDraft(state, input, rules);
        reload = new ReloadHandling(draft);
        absences = new AbsenceHandling(draft);
        snapshots = new SnapshotHandling(draft, reload);
        observations = new ObservedHandling(draft, reload);
        checks = new CheckHandling(draft, reload);
        switches = new SwitchHandling(draft, reload, checks, snapshots);
    }

    StateUpdate<EntityState> apply(StateInput input) {
        if (input instanceof StateInput.ProcessStarted started) {
            reload.processStarted(started.at());
        } else if (input instanceof StateInput.ProcessReplaced replaced) {
            reload.processReplaced(replaced.at(), replaced.fromPid() == replaced.pid());
        } else if (input instanceof StateInput.ProxyStopped stopped) {
            reload.proxyStopped(stopped.at());
        } else if (input instanceof StateInput.ProcessEnded ended) {
            reload.processEnded(ended.at());
        } else if (input instanceof StateInput.ListenerAbsent absent) {
            absences.listenerAbsent(absent.away());
        } else if (input instanceof StateInput.LogEvent event && isGenuine(event.line())) {
            absences.beforeLine(event.line());
            apply(event.line());
            absences.afterLine(event.line());
        }
        return draft.update();
    }

    private void apply(Line line) {
        HealthMessage message = line.message();
        if (message instanceof ServerSwitch change) {
            switches.apply(line.at(), line.pid(), change);
        } else if (message instanceof CheckResult check) {
            checks.apply(line.at(), line.pid(), check);
        } else if (message instanceof ServerSnapshot snapshot) {
            snapshots.dump(line.at(), line.pid(), snapshot.up());
        } else if (message instanceof ObservedServer observed) {
            observations.apply(line.at(), line.pid(), observed);
        } else if (message instanceof ServerNotice notice && notice.what() == ServerNotice.What.RENAMED) {
            switches.renamed(line.at(), notice);
        }
    }

    /**
     * Whether HAProxy can have printed this line: where it logs checks, no DOWN line has a reason. A client can plant such a
     * line through a {@code log-format} that begins with its text. If severities distinguish health lines
     * from traffic, such a line is found out before.
     */
    private boolean isGenuine(Line line) {
        boolean downWithReason = line.message() instanceof ServerSwitch change
                && change.transition() == Transition.DOWN
                && !change.carriedOver()
                && change.reason() != null;
        return !downWithReason
                || !line.canBeForged()
                || !(isLogged(draft.health, line.pid()) || isLogged(draft.agent, line.pid()));
    }

    private static boolean isLogged(@Nullable LastCheck check, @Nullable Long pid) {
        return check != null && pid != null && pid.equals(check.pid());
    }
}
