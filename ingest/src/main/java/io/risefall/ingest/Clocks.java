package io.risefall.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the stamps of each node are behind the arrival of its lines, for a source that knows when they came. A line
 * can be late on its way but never early, so the smallest distance within a minute is the clock's; a clock that is ahead
 * gives less than zero. Times are reported and never changed. Not thread-safe.
 */
final class Clocks {
    private static final Logger LOG = LoggerFactory.getLogger(Clocks.class);

    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** Senders name themselves. */
    private static final int MOST_NODES = 1000;

    /** One node. */
    private static final class Node {
        private Instant since;
        private long smallest;
        private @Nullable Long settled;
        private boolean wrong;

        Node(Instant since, long smallest) {
            this.since = since;
            this.smallest = smallest;
        }
    }

    private final String source;
    private final Duration limit;
    private final Map<String, Node> nodes = new HashMap<>();

    /** @param limit a clock further off is worth a warning */
    Clocks(String source, Duration limit) {
        this.source = source;
        this.limit = limit;
    }

    /** A line of {@code node} with this stamp came at {@code receivedAt}. */
    void heard(String node, Instant at, Instant receivedAt) {
        long behind = behind(at, receivedAt);
        Node known = nodes.get(node);
        if (known == null) {
            if (nodes.size() < MOST_NODES) {
                nodes.put(node, new Node(receivedAt, behind));
            }
            return;
        }
        if (!receivedAt.isBefore(known.since.plus(WINDOW))) {
            settle(node, known);
            known.since = receivedAt;
            known.smallest = behind;
        }
        known.smallest = Math.min(known.smallest, behind);
    }

    /** A stamp of whole seconds can be up to a second younger than it says. */
    private static long behind(Instant at, Instant receivedAt) {
        boolean whole = at.equals(at.truncatedTo(ChronoUnit.SECONDS));
        long millis = Duration.between(at, receivedAt).toMillis();
        return whole && millis > 0 ? Math.max(0, millis - Duration.ofSeconds(1).toMillis()) : millis;
    }

    private void settle(String name, Node node) {
        node.settled = node.smallest;
        boolean wrong = Math.abs(node.smallest) > limit.toMillis();
        if (wrong && !node.wrong) {
            LOG.warn(
                    "{}: the stamps of {} are {} ms {} the arrival of its lines: its clock or its zone is wrong (--zone"
                            + " says the zone of stamps without one); times stay as they are said",
                    source,
                    name,
                    Math.abs(node.smallest),
                    node.smallest > 0 ? "behind" : "ahead of");
        } else if (node.wrong && !wrong) {
            LOG.info("{}: the stamps of {} agree with the arrival of its lines again", source, name);
        }
        node.wrong = wrong;
    }

    /** Milliseconds by which the stamps of each node are behind arrival, of the last whole minute or since it was heard. */
    Map<String, Long> behindMillis() {
        Map<String, Long> all = new HashMap<>();
        nodes.forEach((name, node) -> all.put(name, node.settled == null ? node.smallest : node.settled));
        return all;
    }
}
