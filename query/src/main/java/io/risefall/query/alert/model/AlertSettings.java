package io.risefall.query.alert.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When alerts open, speak and close.
 *
 * @param hold how long a problem must last, from HAProxy's own decision on, before its alert opens. HAProxy has already waited for
 *     {@code fall} failed checks; 10 s more let neighbours join, as nodes and servers that share a cause fail within one or two intervals
 * @param closeAfter how long all must be well before an alert closes: a server that has just come back often goes once more
 * @param closeUnknownAfter the same if the end is not known but follows from a reload: the first checks of the new process need
 *     their time (fall x inter) to find it DOWN again
 * @param reopen how long after its end a server that goes DOWN again reopens the alert instead of opening a new one. An alert that
 *     was reopened must be well for as long to close again
 * @param changeEvery at most one message about more servers in this time; a backend that becomes empty is reported at once
 * @param stillOpen after which times an open alert is reported again; then every time the last of them has passed once more
 * @param maxAge what began longer ago when it is first seen, as after a long absence or an import, opens no alert
 * @param leaderless how long a role backend may be without a leader: a failover takes some tens of seconds and is not a problem
 * @param nodeSilent how long a node must be silent at least; the habit of the node can make it longer (see the view silences)
 * @param pipelineSilent how long lines may fail to arrive or to be processed
 * @param capacityBelow a backend with fewer usable servers than this, and more configured, is a problem; 0: only an empty one is
 */
public record AlertSettings(
        Duration hold,
        Duration closeAfter,
        Duration closeUnknownAfter,
        Duration reopen,
        Duration changeEvery,
        List<Duration> stillOpen,
        Duration maxAge,
        Duration leaderless,
        Duration nodeSilent,
        Duration pipelineSilent,
        int capacityBelow) {
    private static final Duration LONGEST = Duration.ofDays(366);

    public static final AlertSettings DEFAULTS = new AlertSettings(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            List.of(Duration.ofHours(1), Duration.ofHours(4), Duration.ofHours(24)),
            Duration.ofHours(24),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            0);

    /** @throws IllegalArgumentException with a sentence for whom set them */
    public AlertSettings {
        stillOpen = List.copyOf(stillOpen);
        Map<String, Duration> times = new TreeMap<>(Map.of(
                "hold", hold,
                "close-after", closeAfter,
                "close-unknown-after", closeUnknownAfter,
                "reopen", reopen,
                "change-every", changeEvery,
                "max-age", maxAge,
                "leaderless", leaderless,
                "node-silent", nodeSilent,
                "pipeline-silent", pipelineSilent));
        times.forEach((name, time) ->
                check(!time.isNegative() && time.compareTo(LONGEST) <= 0, name + " must be between 0 and 366 days"));
        check(maxAge.compareTo(hold) > 0, "max-age must be longer than hold: no alert could open");
        for (int i = 0; i < stillOpen.size(); i++) {
            Duration before = i == 0 ? Duration.ZERO : stillOpen.get(i - 1);
            check(stillOpen.get(i).compareTo(before) > 0, "still-open must be times that grow, such as 1h, 4h, 24h");
        }
        check(capacityBelow >= 0, "capacity-below must be a number of servers, or 0");
    }

    private static void check(boolean valid, String problem) {
        if (!valid) {
            throw new IllegalArgumentException(problem);
        }
    }
}
