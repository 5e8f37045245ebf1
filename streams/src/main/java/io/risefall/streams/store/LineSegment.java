package io.risefall.streams.store;

import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Some lines of one entity that follow each other. Immutable.
 *
 * @param keys their {@link LineKey}s, ascending
 * @param lines in the order of keys
 */
record LineSegment(List<String> keys, List<Line> lines) {
    /** So few that a new line costs little to store, so many that their keys cost little. */
    static final int MOST = 16;

    static LineSegment of(String key, Line line) {
        return new LineSegment(List.of(key), List.of(line));
    }

    int size() {
        return keys.size();
    }

    KeyValue<String, Line> get(int index) {
        return KeyValue.pair(keys.get(index), lines.get(index));
    }

    @Nullable Line get(String key) {
        int index = Collections.binarySearch(keys, key);
        return index < 0 ? null : lines.get(index);
    }

    /** The index of the first line at or after {@code key}. */
    int from(String key) {
        int index = Collections.binarySearch(keys, key);
        return index < 0 ? -index - 1 : index;
    }

    LineSegment with(String key, Line line) {
        int size = keys.size();
        // Nearly every line is later than all before it, and keys are long.
        int index = size > 0 && key.compareTo(keys.get(size - 1)) > 0 ? -size - 1 : Collections.binarySearch(keys, key);
        List<String> otherKeys = new ArrayList<>(size + 1);
        otherKeys.addAll(keys);
        List<Line> otherLines = new ArrayList<>(size + 1);
        otherLines.addAll(lines);
        if (index >= 0) {
            otherLines.set(index, line);
        } else {
            otherKeys.add(-index - 1, key);
            otherLines.add(-index - 1, line);
        }
        return new LineSegment(otherKeys, otherLines);
    }

    LineSegment without(Set<String> deleted) {
        List<String> otherKeys = new ArrayList<>();
        List<Line> otherLines = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            if (!deleted.contains(keys.get(i))) {
                otherKeys.add(keys.get(i));
                otherLines.add(lines.get(i));
            }
        }
        return new LineSegment(otherKeys, otherLines);
    }

    LineSegment part(int from, int to) {
        return new LineSegment(List.copyOf(keys.subList(from, to)), List.copyOf(lines.subList(from, to)));
    }
}
