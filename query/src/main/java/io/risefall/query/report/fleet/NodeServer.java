package io.risefall.query.report.fleet;

import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.StateSpan;
import io.risefall.schemas.message.Health;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A server as one node sees it.
 *
 * @param server its row
 * @param logReachesEnd whether the node's log tells of the end of the period
 */
public record NodeServer(ServerDay server, boolean logReachesEnd) {
    public String node() {
        return Objects.requireNonNull(server.node());
    }

    /** Whether it knows the state at the end. */
    boolean knowsEndState() {
        return logReachesEnd && server.state() != Health.UNKNOWN;
    }

    /** Whether the node had it in service at some time between, as far as the period goes: up, draining or down. */
    boolean hadInService(Instant from, Instant until) {
        List<StateSpan> states = server.states();
        int first = firstEndingAfter(states, from);
        for (int at = first;
                at < states.size() && (at == first || states.get(at).from().isBefore(until));
                at++) {
            if (isService(states.get(at).state())) {
                return true;
            }
        }
        return false;
    }

    private static int firstEndingAfter(List<StateSpan> states, Instant moment) {
        int low = 0;
        int high = states.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (states.get(middle).to().isAfter(moment)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    static boolean isService(Health state) {
        return state == Health.UP || state == Health.DRAIN || state == Health.DOWN;
    }
}
