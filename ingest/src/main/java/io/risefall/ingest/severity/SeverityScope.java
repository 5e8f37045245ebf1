package io.risefall.ingest.severity;

import io.risefall.schemas.event.Severity;

/**
 * Lines that share one rule for their severities.
 *
 * @param node the HAProxy host
 * @param pid the process in the header; -1 if there is none
 * @param unit whether under the facilities {@code user} and {@code daemon}: those of the output of services and containers
 */
public record SeverityScope(String node, long pid, boolean unit) {
    private static final int SEVERITIES = Severity.values().length;
    private static final int USER = 1;
    private static final int DAEMON = 3;

    /** The scope of a line with this priority ({@code facility * 8 + severity}). */
    public static SeverityScope of(String node, long pid, int priority) {
        return new SeverityScope(node, pid, isUnit(priority));
    }

    /** Whether this is the priority of a service's or a container's output, unless HAProxy logs under such a facility. */
    static boolean isUnit(int priority) {
        int facility = priority / SEVERITIES;
        return facility == USER || facility == DAEMON;
    }
}
