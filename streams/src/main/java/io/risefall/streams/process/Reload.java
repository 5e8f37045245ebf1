package io.risefall.streams.process;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A process that replaced another.
 *
 * @param at its start time
 * @param pid its pid
 * @param from the pid before it; in a container often the same
 * @param proxies the proxies of either of them, and of their predecessors
 */
public record Reload(Instant at, long pid, long from, Set<String> proxies) {

    /** Whether a line that {@code oldPid} prints of {@code proxy} at {@code time} comes from a replaced worker. */
    boolean replaces(long oldPid, String proxy, Instant time) {
        return from == oldPid && time.isAfter(at) && proxies.contains(proxy);
    }

    /**
     * The same, if the pid can have been reused since.
     *
     * @param reloads all reloads of the node, in the order of time
     */
    public static boolean isStale(List<Reload> reloads, long pid, String proxy, Instant time) {
        boolean stale = false;
        for (Reload reload : reloads) {
            stale |= reload.replaces(pid, proxy, time);
            stale &= reload.pid != pid || time.isBefore(reload.at) || !reload.proxies.contains(proxy);
        }
        return stale;
    }
}
