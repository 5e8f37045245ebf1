package io.risefall.ingest.message;

import io.risefall.ingest.message.HealthLineParser.Parsed;
import io.risefall.ingest.message.HealthLineParser.Result;
import io.risefall.ingest.message.MessageCursor.Match;
import io.risefall.ingest.message.SwitchLineTail.Shape;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.ServerNotice;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code [Backup ]Server P/S …}, from the name on. Source: {@code srv_update_status()} in {@code server.c};
 * {@code set_server_down()} and {@code set_server_up()} in {@code checks.c} of 1.4.
 */
final class SwitchLine {
    private static final String FORCED_MAINTENANCE = "forced maintenance)";
    private static final String MAINTENANCE = "maintenance)";

    private final MessageCursor cursor;
    private final ServerName server;
    private final boolean backup;
    private @Nullable Boolean up;
    private @Nullable Boolean drain;
    private @Nullable String fqdn;
    private @Nullable String form;

    private SwitchLine(MessageCursor cursor, ServerName server, boolean backup) {
        this.cursor = cursor;
        this.server = server;
        this.backup = backup;
    }

    static Result read(MessageCursor cursor, boolean backup) {
        if (!cursor.atSlashedWord()) {
            return HealthLineParser.NotHealth.INSTANCE;
        }
        ServerName server = cursor.server();
        return server == null ? HealthLineParser.stuck(cursor) : new SwitchLine(cursor, server, backup).sentence();
    }

    private Result sentence() {
        if (cursor.skip(" administratively READY thanks to valid DNS answer")) {
            return notice(ServerNotice.What.READY_BY_DNS, null);
        }
        if (cursor.skip(" renamed from '")) {
            int start = cursor.at();
            return cursor.skipPast('\'')
                    ? notice(ServerNotice.What.RENAMED, cursor.since(start, 1))
                    : HealthLineParser.stuck(cursor);
        }
        Transition transition = transition();
        if (transition == null) {
            return HealthLineParser.stuck(cursor);
        }
        SwitchLineTail end = new SwitchLineTail(cursor);
        Match match = end.read(shape(transition));
        if (match == Match.NO) {
            return HealthLineParser.stuck(cursor);
        }
        boolean cut = match == Match.CUT;
        return new Parsed(new ServerSwitch(
                server,
                backup,
                transition,
                up,
                drain,
                end.changedFrom(),
                end.why(),
                end.reason(),
                end.via(),
                fqdn,
                end.counts(),
                cut,
                cut ? end.tail() : null,
                form));
    }

    /** These two may lack the full stop. */
    private Result notice(ServerNotice.What what, @Nullable String oldName) {
        boolean stop = cursor.skip(".");
        return cursor.ended()
                ? new Parsed(new ServerNotice(server, backup, what, oldName, stop ? null : ""))
                : HealthLineParser.stuck(cursor);
    }

    private @Nullable Transition transition() {
        if (cursor.skip(" is ")) {
            return transitionAfterIs();
        }
        if (cursor.skip(" was DOWN and now enters maintenance")) {
            return Transition.MAINTENANCE_FROM_DOWN;
        }
        if (cursor.skip(" enters drain state")) {
            return Transition.DRAIN;
        }
        if (cursor.skip(" remains in forced maintenance")) {
            return Transition.REMAINS_FORCED_MAINTENANCE;
        }
        if (cursor.skip(" remains in forced drain mode")) {
            return Transition.REMAINS_FORCED_DRAIN;
        }
        if (cursor.skip(" remains in drain mode")) {
            return Transition.REMAINS_DRAIN;
        }
        return cursor.skip(" ('") ? transitionAfterFqdn() : null;
    }

    private @Nullable Transition transitionAfterIs() {
        if (cursor.skip("UP")) {
            return transitionAfterState(true);
        }
        if (cursor.skip("DOWN")) {
            return transitionAfterState(false);
        }
        if (cursor.skip("stopping")) {
            return Transition.STOPPING;
        }
        if (cursor.skip("going DOWN for maintenance")) {
            return Transition.MAINTENANCE;
        }
        if (cursor.skip("leaving forced maintenance but remains in maintenance")) {
            return Transition.LEAVES_FORCED_REMAINS_MAINTENANCE;
        }
        return cursor.skip("leaving forced drain but remains in drain mode")
                ? Transition.LEAVES_FORCED_REMAINS_DRAIN
                : null;
    }

    private @Nullable Transition transitionAfterState(boolean isUp) {
        if (cursor.ended() || cursor.next() == ',' || cursor.next() == '.' || cursor.stands(" v")) {
            return isUp ? Transition.UP : Transition.DOWN;
        }
        if (!isUp && cursor.skip(" for maintenance")) {
            form = ServerSwitch.OF_1_4;
            return Transition.MAINTENANCE;
        }
        up = isUp;
        if (cursor.skip(" (leaving forced drain)")) {
            return Transition.LEAVES_FORCED_DRAIN;
        }
        if (cursor.skip(" (leaving drain)")) {
            return Transition.LEAVES_DRAIN;
        }
        if (isUp && cursor.skip(" (leaving maintenance)")) {
            // 1.4 knew no forced maintenance and no READY.
            return Transition.LEAVES_FORCED_MAINTENANCE;
        }
        if (!readyOrDrain() || !cursor.skip(" (leaving ")) {
            return null;
        }
        if (cursor.skip(FORCED_MAINTENANCE)) {
            return Transition.LEAVES_FORCED_MAINTENANCE;
        }
        return cursor.skip(MAINTENANCE) ? Transition.LEAVES_MAINTENANCE : null;
    }

    private boolean readyOrDrain() {
        drain = cursor.skip("/DRAIN");
        return drain || cursor.skip("/READY");
    }

    private @Nullable Transition transitionAfterFqdn() {
        int start = cursor.at();
        if (!cursor.skipPast('\'')) {
            return null;
        }
        fqdn = cursor.since(start, 1);
        if (cursor.skip(") resolves again but remains in maintenance")) {
            return Transition.RESOLVES_REMAINS_MAINTENANCE;
        }
        up = cursor.skip(") is UP");
        boolean stateKnown = up || cursor.skip(") is DOWN");
        return stateKnown && readyOrDrain() && cursor.skip(" (resolves again)") ? Transition.RESOLVES_AGAIN : null;
    }

    private Shape shape(Transition transition) {
        return switch (transition) {
            case DOWN, UP, STOPPING -> Shape.CAUSE_AND_COUNTS;
            case MAINTENANCE -> form == null ? Shape.WHY_AND_COUNTS : Shape.NOTHING;
            case DRAIN -> Shape.WHY_AND_COUNTS;
            case MAINTENANCE_FROM_DOWN -> Shape.WHY;
            case LEAVES_FORCED_MAINTENANCE,
                    LEAVES_MAINTENANCE,
                    RESOLVES_AGAIN,
                    RESOLVES_REMAINS_MAINTENANCE,
                    LEAVES_FORCED_REMAINS_MAINTENANCE,
                    REMAINS_FORCED_MAINTENANCE,
                    LEAVES_FORCED_DRAIN,
                    LEAVES_DRAIN,
                    REMAINS_DRAIN,
                    REMAINS_FORCED_DRAIN,
                    LEAVES_FORCED_REMAINS_DRAIN -> Shape.NOTHING;
        };
    }
}
