package io.risefall.ingest.line.time;

import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.schemas.source.NodeTime;
import io.risefall.schemas.source.ReadPosition;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a source have told of each node's time: all that the moment of a timestamp depends on beside the line
 * itself and what was set. So a reader that goes back, or starts again, must begin with that of the place it goes to; its
 * read position has it. Each fact is the one of the latest moment, so it does not matter in how many pieces lines come. Used
 * by one thread.
 */
public final class NodeTimes {
    /** Senders name themselves, so a position record must not grow with them: the longest silent goes. */
    private static final int MAX_NODES = 1000;

    /** One node. */
    static final class Node {
        private @Nullable Instant latest;
        private @Nullable ZoneOffset offset;
        private @Nullable Instant offsetAt;

        /** The traditional timestamp of this node that was read last and what it meant, because many lines have the same. */
        private final TimestampCache lastTimestamp = new TimestampCache();

        /** The latest moment that its timestamps stood for; null while there is none. */
        @Nullable Instant latest() {
            return latest;
        }

        TimestampCache lastTimestamp() {
            return lastTimestamp;
        }

        /** One of its lines is of this moment. */
        Instant seen(Instant at) {
            if (latest == null || at.isAfter(latest)) {
                latest = at;
            }
            return at;
        }

        /** One of its timestamps says what it is ahead of UTC. */
        void offset(int offsetSeconds, Instant at) {
            if (offsetAt == null || at.isAfter(offsetAt)) {
                offset = ZoneOffset.ofTotalSeconds(offsetSeconds);
                offsetAt = at;
            }
        }

        boolean hasSaidOffset() {
            return offset != null;
        }

        /**
         * The zone of its timestamps that have none: what was set, else what other timestamps of its say. Where those agree with
         * the zone that is assumed it is that one, which knows when summer time ends.
         */
        ZoneId zone(LineDefaults defaults) {
            ZoneId zone = defaults.zone();
            if (!defaults.zoneAssumed() || offset == null || offsetAt == null) {
                return zone;
            }
            return zone.getRules().getOffset(offsetAt).equals(offset) ? zone : offset;
        }
    }

    private final Map<String, Node> nodes = new HashMap<>();
    private String lastName = "";
    private @Nullable Node last;

    /** As they were when {@code saved} was published; null: nothing was read yet. */
    public static NodeTimes of(@Nullable ReadPosition saved) {
        NodeTimes times = new NodeTimes();
        if (saved == null) {
            return times;
        }
        // A record of before times were kept knows the latest moments.
        saved.nodes().forEach((name, at) -> times.of(name).seen(at));
        if (!saved.times().isEmpty()) {
            times.nodes.clear();
            times.last = null;
        }
        saved.times().forEach((name, known) -> {
            Node node = times.of(name);
            node.seen(known.latest());
            if (known.offsetSeconds() != null && known.offsetAt() != null) {
                node.offset(known.offsetSeconds(), known.offsetAt());
            }
        });
        return times;
    }

    /** For a read position. */
    public Map<String, NodeTime> all() {
        Map<String, NodeTime> all = new HashMap<>();
        nodes.forEach((name, node) -> {
            if (node.latest != null) {
                Integer offset = node.offset == null ? null : node.offset.getTotalSeconds();
                all.put(name, new NodeTime(node.latest, offset, node.offsetAt));
            }
        });
        return all;
    }

    /** That of {@code name}; a new one if it was not heard before. */
    Node of(String name) {
        if (last != null && lastName.equals(name)) {
            return last;
        }
        Node node = nodes.get(name);
        if (node == null) {
            if (nodes.size() >= MAX_NODES) {
                forgetLongestSilent();
            }
            node = new Node();
            nodes.put(name, node);
        }
        lastName = name;
        last = node;
        return node;
    }

    /** The latest moment from {@code from} to {@code to} that a node's timestamps stood for; null if all were of another time. */
    @Nullable Instant latestWithin(Instant from, Instant to) {
        return nodes.values().stream()
                .map(Node::latest)
                .filter(at -> at != null && !at.isBefore(from) && !at.isAfter(to))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private void forgetLongestSilent() {
        nodes.entrySet().stream()
                .min(Map.Entry.comparingByValue(
                        Comparator.comparing(Node::latest, Comparator.nullsFirst(Comparator.naturalOrder()))))
                .map(Map.Entry::getKey)
                .ifPresent(nodes::remove);
    }
}
