package io.risefall.streams.store;

import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.TrackedEntity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The kept lines of all entities, by {@link LineKey}, in segments. A segment has the lines from its own key up to the next one's.
 * The key of an entity's first segment is {@link LineKey#prefix}, which is less than that of every line. Called by one stream
 * thread.
 */
public final class LineStore {
    private static final int MOST_LAST = 20_000;

    private final KeyValueStore<String, LineSegment> segments;
    /** The key of the last segment of the entities used last: where nearly every new line goes. By {@link LineKey#prefix}. */
    private final Map<String, String> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_LAST;
        }
    };

    /** @param store {@link Names#LINES} */
    public LineStore(KeyValueStore<String, LineSegment> store) {
        segments = store;
    }

    public @Nullable Line get(TrackedEntity entity, String key) {
        KeyValue<String, LineSegment> segment = segmentOf(LineKey.prefix(entity), key);
        return segment == null ? null : segment.value.get(key);
    }

    /** Adds a line, or replaces the one with this key. */
    public void put(TrackedEntity entity, String key, Line line) {
        String prefix = LineKey.prefix(entity);
        KeyValue<String, LineSegment> found = segmentOf(prefix, key);
        if (found == null) {
            segments.put(prefix, LineSegment.of(key, line));
            last.remove(prefix);
        } else if (found.value.size() < LineSegment.MOST || found.value.get(key) != null) {
            segments.put(found.key, found.value.with(key, line));
        } else {
            split(prefix, found, key, line);
        }
    }

    /** A line after all of a full segment begins the next one; any other divides it. */
    private void split(String prefix, KeyValue<String, LineSegment> full, String key, Line line) {
        LineSegment before = full.value;
        int at = before.from(key) == before.size() ? before.size() : before.size() / 2;
        LineSegment left = before.part(0, at);
        LineSegment right = before.part(at, before.size());
        if (right.size() == 0 || key.compareTo(right.keys().get(0)) >= 0) {
            right = right.with(key, line);
        } else {
            left = left.with(key, line);
        }
        if (left.size() != before.size()) {
            segments.put(full.key, left);
        }
        String rightKey = right.keys().get(0);
        segments.put(rightKey, right);
        if (full.key.equals(last.get(prefix))) {
            last.put(prefix, rightKey);
        }
    }

    /** All lines of an entity, in the order of their keys. */
    public List<KeyValue<String, Line>> of(TrackedEntity entity) {
        List<KeyValue<String, Line>> lines = new ArrayList<>();
        try (KeyValueIterator<String, LineSegment> all =
                segments.prefixScan(LineKey.prefix(entity), new StringSerializer())) {
            all.forEachRemaining(entry -> {
                for (int i = 0; i < entry.value.size(); i++) {
                    lines.add(entry.value.get(i));
                }
            });
        }
        return lines;
    }

    /** Calls with all lines of all entities. */
    public void forEach(BiConsumer<String, Line> action) {
        try (KeyValueIterator<String, LineSegment> all = segments.all()) {
            all.forEachRemaining(entry -> {
                for (int i = 0; i < entry.value.size(); i++) {
                    action.accept(entry.value.keys().get(i), entry.value.lines().get(i));
                }
            });
        }
    }

    /** Deletes lines of an entity. */
    public void delete(TrackedEntity entity, Collection<String> keys) {
        String prefix = LineKey.prefix(entity);
        Set<String> deleted = new HashSet<>(keys);
        for (String key : keys) {
            if (!deleted.contains(key)) {
                continue; // went with another of its segment
            }
            KeyValue<String, LineSegment> segment = segmentOf(prefix, key);
            if (segment != null) {
                LineSegment rest = segment.value.without(deleted);
                segments.put(segment.key, rest.size() == 0 ? null : rest);
                deleted.removeAll(segment.value.keys());
            }
        }
        last.remove(prefix);
    }

    /** The lines of an entity from {@code key} on, the latest first. */
    public Iterator<KeyValue<String, Line>> downFrom(TrackedEntity entity, String key) {
        return new Lines(LineKey.prefix(entity), key, false);
    }

    /** The lines of an entity from {@code key} on, the earliest first. */
    public Iterator<KeyValue<String, Line>> upFrom(TrackedEntity entity, String key) {
        return new Lines(LineKey.prefix(entity), key, true);
    }

    /** The segment that a line belongs to; null if the entity has none so early. */
    private @Nullable KeyValue<String, LineSegment> segmentOf(String prefix, String key) {
        String lastKey = lastOf(prefix);
        if (lastKey == null) {
            return null;
        }
        if (key.compareTo(lastKey) < 0) {
            return before(prefix, key);
        }
        LineSegment segment = segments.get(lastKey);
        if (segment == null) {
            throw new IllegalStateException("no lines under " + lastKey);
        }
        return KeyValue.pair(lastKey, segment);
    }

    private @Nullable String lastOf(String prefix) {
        String known = last.get(prefix);
        if (known != null) {
            return known;
        }
        KeyValue<String, LineSegment> found = before(prefix, LineKey.endOf(prefix));
        if (found == null) {
            return null;
        }
        last.put(prefix, found.key);
        return found.key;
    }

    /** The last segment whose key is at most {@code key}. */
    private @Nullable KeyValue<String, LineSegment> before(String prefix, String key) {
        try (KeyValueIterator<String, LineSegment> found = segments.reverseRange(prefix, key)) {
            return found.hasNext() ? found.next() : null;
        }
    }

    /** The first segment whose key is greater. */
    private @Nullable KeyValue<String, LineSegment> after(String prefix, String segmentKey) {
        if (segmentKey.equals(last.get(prefix))) {
            return null;
        }
        try (KeyValueIterator<String, LineSegment> found = segments.range(segmentKey, LineKey.endOf(prefix))) {
            KeyValue<String, LineSegment> same = found.next();
            if (!same.key.equals(segmentKey)) {
                throw new IllegalStateException("no lines under " + segmentKey);
            }
            return found.hasNext() ? found.next() : null;
        }
    }

    /** Reads segment by segment, and holds nothing open. */
    private final class Lines implements Iterator<KeyValue<String, Line>> {
        private final String prefix;
        private final boolean up;
        private @Nullable KeyValue<String, LineSegment> segment;
        private int next;

        Lines(String prefix, String from, boolean up) {
            this.prefix = prefix;
            this.up = up;
            segment = segmentOf(prefix, from);
            if (segment == null && up) {
                segment = firstFrom(from);
            }
            if (segment != null) {
                int index = segment.value.from(from);
                boolean found = index < segment.value.size()
                        && segment.value.keys().get(index).equals(from);
                next = up || found ? index : index - 1;
            }
        }

        private @Nullable KeyValue<String, LineSegment> firstFrom(String from) {
            try (KeyValueIterator<String, LineSegment> found = segments.range(from, LineKey.endOf(prefix))) {
                return found.hasNext() ? found.next() : null;
            }
        }

        @Override
        public boolean hasNext() {
            while (segment != null && (next < 0 || next >= segment.value.size())) {
                segment = up ? after(prefix, segment.key) : earlier(segment.key);
                next = up || segment == null ? 0 : segment.value.size() - 1;
            }
            return segment != null;
        }

        private @Nullable KeyValue<String, LineSegment> earlier(String segmentKey) {
            if (segmentKey.equals(prefix)) {
                return null;
            }
            try (KeyValueIterator<String, LineSegment> found = segments.reverseRange(prefix, segmentKey)) {
                found.next();
                return found.hasNext() ? found.next() : null;
            }
        }

        @Override
        public KeyValue<String, Line> next() {
            if (!hasNext() || segment == null) {
                throw new NoSuchElementException();
            }
            KeyValue<String, Line> line = segment.value.get(next);
            next += up ? 1 : -1;
            return line;
        }
    }
}
