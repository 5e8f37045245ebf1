package io.risefall.query.page.now;

import io.risefall.query.alert.route.Silencing.Silenced;
import io.risefall.query.page.now.ServerNow.State;
import java.time.Instant;
import java.util.List;

/**
 * The fleet at a moment.
 *
 * @param at that moment
 * @param servers how many there are
 * @param trouble those that are not plainly up, in the order of their names
 * @param backends all backends, in the order of their names
 * @param nodes all HAProxy hosts, the latest first
 * @param incidents those that last, the latest first
 * @param silences those that hold
 * @param reading what is still to be read; empty: nothing
 */
public record FleetNow(
        Instant at,
        int servers,
        List<ServerNow> trouble,
        List<BackendNow> backends,
        List<NodeNow> nodes,
        List<IncidentCard> incidents,
        List<Silenced> silences,
        String reading) {
    public FleetNow {
        trouble = List.copyOf(trouble);
        backends = List.copyOf(backends);
        nodes = List.copyOf(nodes);
        incidents = List.copyOf(incidents);
        silences = List.copyOf(silences);
    }

    /** Those that are down and should not be. */
    public List<ServerNow> down() {
        return trouble.stream()
                .filter(server -> server.state() == State.DOWN && !server.standby())
                .toList();
    }

    /** Those that are down by design. */
    public List<ServerNow> standby() {
        return trouble.stream()
                .filter(server -> server.state() == State.DOWN && server.standby())
                .toList();
    }

    public List<ServerNow> flapping() {
        return trouble.stream().filter(ServerNow::flapping).toList();
    }

    public List<ServerNow> unknown() {
        return in(State.UNKNOWN);
    }

    public List<ServerNow> inMaintenance() {
        return in(State.MAINT);
    }

    public List<ServerNow> draining() {
        return in(State.DRAIN);
    }

    private List<ServerNow> in(State state) {
        return trouble.stream().filter(server -> server.state() == state).toList();
    }

    /** Those that have fewer servers than they should. */
    public List<BackendNow> shortOfServers() {
        return backends.stream().filter(BackendNow::isShort).toList();
    }

    public List<BackendNow> empty() {
        return backends.stream().filter(BackendNow::isEmpty).toList();
    }

    /** Hosts of which nothing is known now: nobody reads their log, or they are silent. */
    public List<NodeNow> unheard() {
        return nodes.stream().filter(node -> node.silent() || !node.isHeard(at)).toList();
    }

    /** Whether the same is to be shown as of another moment, but for how long ago things were. */
    boolean isAlike(FleetNow other) {
        return servers == other.servers
                && trouble.equals(other.trouble)
                && backends.equals(other.backends)
                && incidents.equals(other.incidents)
                && silences.equals(other.silences)
                && reading.equals(other.reading)
                && unheard().equals(other.unheard());
    }

    /** Whether the log of no host tells of this moment. */
    public boolean isPast() {
        return nodes.stream().noneMatch(node -> node.isHeard(at));
    }
}
