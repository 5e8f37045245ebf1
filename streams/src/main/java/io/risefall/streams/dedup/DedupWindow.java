package io.risefall.streams.dedup;

import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.LogPath;
import io.risefall.streams.model.TrackedEntity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A new line and the kept lines of its subject that can decide whether it is a copy: those without a pause around it.
 *
 * @param lines in the order of {@link LineKey}, the new one among them
 * @param place where the new one stands
 * @param isNewest whether no line of the subject comes after them
 * @param isWhole false where there are so many that not all were looked at
 */
public record DedupWindow(List<KeyValue<String, Line>> lines, int place, boolean isNewest, boolean isWhole) {
    /** Hearing all lines again is cheaper than looking at more than these for each. */
    private static final int MOST = 400;

    /** Looks into the store; {@code line} stands in it already. */
    public static DedupWindow of(KeyValueStore<String, Line> store, TrackedEntity subject, String key, Line line) {
        List<KeyValue<String, Line>> near = new ArrayList<>();
        boolean whole = true;
        boolean newest = true;
        Instant edge = line.at();
        try (KeyValueIterator<String, Line> earlier = store.reverseRange(LineKey.prefix(subject), key)) {
            while (earlier.hasNext()) {
                KeyValue<String, Line> one = earlier.next();
                if (one.value.at().plus(Deduplicator.REACH).isBefore(edge)) {
                    break;
                }
                near.add(one);
                edge = one.value.at();
                if (near.size() > MOST) {
                    whole = false;
                    break;
                }
            }
        }
        Collections.reverse(near);
        int place = near.size() - 1;
        edge = line.at();
        try (KeyValueIterator<String, Line> later = store.range(key, LineKey.end(subject))) {
            later.next();
            while (later.hasNext()) {
                KeyValue<String, Line> one = later.next();
                if (near.size() > MOST) {
                    whole = false;
                }
                if (!whole || edge.plus(Deduplicator.REACH).isBefore(one.value.at())) {
                    newest = false;
                    break;
                }
                near.add(one);
                edge = one.value.at();
            }
        }
        return new DedupWindow(near, place, newest, whole);
    }

    /** The events with the new line. */
    public List<Line> events() {
        return Deduplicator.merge(lines);
    }

    /** The events as they were without the new line. */
    public List<Line> eventsWithout() {
        List<KeyValue<String, Line>> others = new ArrayList<>(lines);
        others.remove(place);
        return Deduplicator.merge(others);
    }

    /** {@link LogPath#name} of all of them; null where there are several. */
    public @Nullable String lane() {
        LogPath lane = Deduplicator.onlyLane(lines);
        return lane == null ? null : lane.name();
    }
}
