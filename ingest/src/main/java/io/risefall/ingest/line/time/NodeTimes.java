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
 * What the lines of a source tell about the time of each node: everything beside the line itself and the settings that
 * its timestamp's meaning depends on. It is saved in the read position, so a rewound or restarted reader has the same.
 * Each fact is that of the latest time, so the result does not depend on how the lines are split into blocks. Used by
 * one thread.
 */
public final class NodeTimes {
    /** Senders choose their names, so position records must not grow with them; the least recent goes. */
    private static final int MAX_NODES = 1000;

    /** One node. */
    static final class Node {
        private @Nullable Instant latest;
        private @Nullable ZoneOffset offset;
        private @Nullable Instant offsetAt;

        /** The traditional timestamp read last from this node, resolved, because many lines have the same. */
        private final TimestampCache lastTimestamp = new TimestampCache();

        /** The latest time of its lines; null if there is none. */
        @Nullable Instant latest() {
            return latest;
        }

        TimestampCache lastTimestamp() {
            return lastTimestamp;
        }

        /** Records the time of one of its lines. */
        Instant seen(Instant at) {
            if (latest == null || at.isAfter(latest)) {
                latest = at;
            }
            return at;
        }

        /** Records the UTC offset of one of its timestamps. */
        void offset(int offsetSeconds, Instant at) {
            if (offsetAt == null || at.isAfter(offsetAt)) {
                offset = ZoneOffset.ofTotalSeconds(offsetSeconds);
                offsetAt = at;
            }
        }

        boolean hasOffset() {
            return offset != null;
        }

        /**
         * The zone of its timestamps without one: the configured zone, else the offset of its other timestamps. If that
         * agrees with the assumed zone it is the assumed zone, which knows when summer time ends.
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
        // Records written before times were saved hold the latest times only.
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

    /** For the read position. */
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

    /** The node {@code name}; a new one if it was not seen before. */
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

    /** The latest time of any node from {@code from} to {@code to}; null if there is none. */
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
