package io.risefall.streams.dedup;

import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.LogPath;
import io.risefall.streams.time.Tolerances;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * A new line and the stored lines around it that decide whether it is a duplicate: all those without a pause in between.
 *
 * @param lines in the order of {@link LineKey}, with the new one
 * @param place index of the new one
 * @param isNewest whether the entity has no line after them
 * @param isWhole false if there are so many that not all were read
 */
public record DedupWindow(List<KeyValue<String, Line>> lines, int place, boolean isNewest, boolean isWhole) {
    /** With more lines than this, a replay is cheaper than a window for each line. */
    private static final int MOST = 400;

    /**
     * Reads the window.
     *
     * @param earlier the lines of the entity from the new one down
     * @param later the lines of the entity from the new one up
     */
    public static DedupWindow of(
            Iterator<KeyValue<String, Line>> earlier, Iterator<KeyValue<String, Line>> later, Line line) {
        List<KeyValue<String, Line>> near = new ArrayList<>();
        boolean whole = true;
        boolean newest = true;
        Instant edge = line.at();
        while (earlier.hasNext()) {
            KeyValue<String, Line> one = earlier.next();
            if (one.value.at().plus(Tolerances.DUPLICATES).isBefore(edge)) {
                break;
            }
            near.add(one);
            edge = one.value.at();
            if (near.size() > MOST) {
                whole = false;
                break;
            }
        }
        Collections.reverse(near);
        int place = near.size() - 1;
        edge = line.at();
        later.next();
        while (later.hasNext()) {
            KeyValue<String, Line> one = later.next();
            if (near.size() > MOST) {
                whole = false;
            }
            if (!whole || edge.plus(Tolerances.DUPLICATES).isBefore(one.value.at())) {
                newest = false;
                break;
            }
            near.add(one);
            edge = one.value.at();
        }
        return new DedupWindow(near, place, newest, whole);
    }

    /** The events with the new line. */
    public List<Line> events() {
        return Deduplicator.merge(lines);
    }

    /** The events without the new line. */
    public List<Line> eventsWithout() {
        List<KeyValue<String, Line>> others = new ArrayList<>(lines);
        others.remove(place);
        return Deduplicator.merge(others);
    }

    /** {@link LogPath#name} of all lines; null if there are several paths. */
    public @Nullable String logPath() {
        LogPath only = Deduplicator.onlyPath(lines);
        return only == null ? null : only.name();
    }
}
