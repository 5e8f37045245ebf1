package io.risefall.query.alert.engine;

import io.risefall.query.alert.model.AlertServer;
import io.risefall.schemas.key.ServerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A server of the fleet in an alert.
 *
 * @param nodes those that saw it DOWN, in order
 * @param since when the earliest of its DOWNs that last began, or the latest one did
 * @param downs how many nodes see it DOWN now
 * @param flaps on how many nodes it flaps now
 * @param said whether a message has named it
 */
record FleetMember(
        String proxy,
        String server,
        List<String> nodes,
        Instant since,
        @Nullable String reason,
        @Nullable String words,
        int downs,
        int flaps,
        boolean said) {
    FleetMember {
        nodes = List.copyOf(nodes);
    }

    static FleetMember of(Trouble trouble) {
        return new FleetMember(trouble.proxy(), trouble.server(), List.of(), trouble.since(), null, null, 0, 0, false);
    }

    FleetMember begins(Trouble trouble) {
        boolean down = trouble.kind() == Trouble.Kind.DOWN;
        boolean earlier = downs > 0 && since.isBefore(trouble.since());
        return new FleetMember(
                proxy,
                server,
                with(trouble.node()),
                down && !earlier ? trouble.since() : since,
                trouble.reason() == null ? reason : trouble.reason(),
                trouble.reason() == null && reason != null ? words : trouble.words() == null ? words : trouble.words(),
                downs + (down ? 1 : 0),
                flaps + (down ? 0 : 1),
                said);
    }

    FleetMember ends(Trouble trouble) {
        boolean down = trouble.kind() == Trouble.Kind.DOWN;
        return new FleetMember(
                proxy, server, nodes, since, reason, words, downs - (down ? 1 : 0), flaps - (down ? 0 : 1), said);
    }

    FleetMember isSaid() {
        return said ? this : new FleetMember(proxy, server, nodes, since, reason, words, downs, flaps, true);
    }

    private List<String> with(String node) {
        if (nodes.contains(node)) {
            return nodes;
        }
        TreeSet<String> all = new TreeSet<>(nodes);
        all.add(node);
        return new ArrayList<>(all);
    }

    boolean isOver() {
        return downs == 0 && flaps == 0;
    }

    ServerName fleetServer() {
        return new ServerName(proxy, server);
    }

    AlertServer asServer() {
        AlertServer.State state =
                flaps > 0 ? AlertServer.State.FLAPPING : downs > 0 ? AlertServer.State.DOWN : AlertServer.State.OVER;
        return new AlertServer(proxy, server, nodes, since, reason, words, state);
    }
}
