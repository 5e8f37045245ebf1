package io.risefall.streams.process;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A process that took over.
 *
 * @param at its begin
 * @param pid its pid
 * @param from the pid before it; in a container often the same
 * @param proxies what either of them, or one before, spoke of
 */
public record Reload(Instant at, long pid, long from, Set<String> proxies) {

    /** Whether a line that {@code oldPid} prints of {@code proxy} at {@code time} comes from a replaced worker. */
    boolean replaces(long oldPid, String proxy, Instant time) {
        return from == oldPid && time.isAfter(at) && proxies.contains(proxy);
    }

    /**
     * The same, where the pid can have come back since.
     *
     * @param reloads all of the node, in the order of time
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
