package io.risefall.ingest.tally;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far each node's timestamps are behind their receive time, for a source that knows when lines arrive. A line can
 * be late but never early: the smallest distance within a minute is the clock's, if it is small or negative. A large
 * one is the clock's only if it is the same for some minutes, or for some lines and whole quarters of an hour, as time
 * zones differ. A backlog that is sent now gets less late with every line, and proves nothing about a clock. Times are
 * reported and never changed. Not thread-safe.
 */
public final class ClockSkew {
    private static final Logger LOG = LoggerFactory.getLogger(ClockSkew.class);

    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** Windows in a row that must agree before a clock counts as behind. */
    private static final int STEADY = 5;

    private static final Duration AGREE = Duration.ofSeconds(2);
    /** Time zones differ by whole quarters of an hour. */
    private static final Duration QUARTER = Duration.ofMinutes(15);
    /** Lines off by the same quarters that rule out chance. */
    private static final int FEW = 3;
    /** Senders choose their names, so memory must not grow with them. */
    private static final int MAX_NODES = 1000;

    private final String source;
    private final Duration limit;
    private final Map<String, Node> nodes = new HashMap<>();

    /** @param limit warns of clocks that are further off */
    public ClockSkew(String source, Duration limit) {
        this.source = source;
        this.limit = limit;
    }

    /** A line of {@code node} with this timestamp came at {@code receivedAt}. */
    public void add(String node, Instant at, Instant receivedAt) {
        long behind = behind(at, receivedAt);
        Node known = nodes.get(node);
        if (known == null) {
            if (nodes.size() < MAX_NODES) {
                nodes.put(node, new Node(receivedAt, behind));
            }
            return;
        }
        if (!receivedAt.isBefore(known.since.plus(WINDOW))) {
            known.close(receivedAt, behind);
            report(node, known);
        }
        known.add(behind);
    }

    /** A timestamp in whole seconds can be up to a second too old. */
    private static long behind(Instant at, Instant receivedAt) {
        boolean whole = at.equals(at.truncatedTo(ChronoUnit.SECONDS));
        long millis = Duration.between(at, receivedAt).toMillis();
        return whole && millis > 0 ? Math.max(0, millis - Duration.ofSeconds(1).toMillis()) : millis;
    }

    private void report(String name, Node node) {
        Long behind = node.behind(limit);
        if (behind == null) {
            return;
        }
        boolean off = Math.abs(behind) > limit.toMillis();
        if (off && !node.off) {
            LOG.warn(
                    "{}: timestamps of {} are {} ms {} its receive time: {}; event times are not changed",
                    source,
                    name,
                    Math.abs(behind),
                    behind > 0 ? "steadily behind" : "ahead of",
                    behind > 0
                            ? "its clock or its zone (--zone sets the zone of timestamps without one) is wrong, or what forwards"
                                    + " its lines delays each as long"
                            : "its clock, its zone (--zone sets the zone of timestamps without one) or this host's clock is"
                                    + " wrong");
        } else if (node.off && !off) {
            LOG.info("{}: timestamps of {} agree with its receive time again", source, name);
        }
        node.off = off;
    }

    /** Milliseconds by which each node's timestamps are behind receive time, for nodes where this is known. */
    public Map<String, Long> behindMillis() {
        Map<String, Long> all = new HashMap<>();
        nodes.forEach((name, node) -> {
            Long behind = node.behind(limit);
            if (behind != null) {
                all.put(name, behind);
            }
        });
        return all;
    }

    /** One node. */
    private static final class Node {
        private final Deque<Long> closed = new ArrayDeque<>(STEADY);
        private Instant since;
        private long smallest;
        private long largest;
        private int lines = 1;
        private boolean zoneOff;
        private boolean off;

        Node(Instant since, long smallest) {
            this.since = since;
            this.smallest = smallest;
            largest = smallest;
        }

        void add(long behind) {
            smallest = Math.min(smallest, behind);
            largest = Math.max(largest, behind);
            lines++;
            boolean same = largest - smallest <= AGREE.toMillis() && isOfZone(smallest);
            zoneOff = same && (zoneOff || lines >= FEW);
        }

        private static boolean isOfZone(long behind) {
            long quarters = Math.round((double) behind / QUARTER.toMillis());
            return quarters > 0 && Math.abs(behind - quarters * QUARTER.toMillis()) <= AGREE.toMillis();
        }

        void close(Instant next, long first) {
            if (closed.size() == STEADY) {
                closed.removeFirst();
            }
            closed.addLast(smallest);
            since = next;
            smallest = first;
            largest = first;
            lines = 0; // the caller adds the first one next
        }

        /** In milliseconds, over the last window; null if lines are late and the clock may be right. */
        @Nullable Long behind(Duration limit) {
            long last = closed.isEmpty() ? smallest : closed.getLast();
            if (last <= limit.toMillis()) {
                return last;
            }
            if (zoneOff) {
                return smallest;
            }
            boolean steady =
                    closed.size() == STEADY && Collections.max(closed) - Collections.min(closed) <= AGREE.toMillis();
            return steady ? Collections.min(closed) : null;
        }
    }
}
