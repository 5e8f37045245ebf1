package io.risefall.streams.dedup;

import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.LogPath;
import io.risefall.streams.server.ServerState;
import io.risefall.streams.time.Tolerances;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Turns the lines of an entity into its events. The lines of one event in several log paths ({@link LogPath}) count once, with
 * the most precise of their times. The event is the line that has it, of several the one whose path comes first. An event that one path lost is taken from the others. Two equal lines in one path are two
 * events. The result is a function of the set of lines.
 *
 * <p>Within one path only a line that is printed twice in a row at one time is a double: two log targets write into one file.
 * {@link ServerState} knows that a DOWN after a DOWN is a repeat.
 */
public final class Deduplicator {
    /** Most lines that are aligned at once: memory and time grow with the square of it. */
    private static final int MAX_LINES = 2000;

    private Deduplicator() {}

    /** The events of one entity. {@code lines} must be in the order of {@link LineKey}; the events are too. */
    public static List<Line> merge(List<KeyValue<String, Line>> lines) {
        List<Line> events = new ArrayList<>(lines.size());
        clusters(lines).forEach(cluster -> events.addAll(mergeCluster(cluster)));
        return events;
    }

    /** All {@link Clusters} of lines. */
    public static List<List<KeyValue<String, Line>>> clusters(List<KeyValue<String, Line>> lines) {
        List<List<KeyValue<String, Line>>> clusters = new ArrayList<>();
        new Clusters(lines.iterator()).forEachRemaining(clusters::add);
        return clusters;
    }

    static boolean areApart(Line earlier, Line later) {
        return earlier.at().plus(Tolerances.DUPLICATES).isBefore(later.at());
    }

    /** The events of one of the {@link #clusters}. */
    public static List<Line> mergeCluster(List<KeyValue<String, Line>> cluster) {
        if (onlyPath(cluster) != null) {
            return withoutDoubles(cluster.stream().map(Deduplicator::identified).toList());
        }
        if (cluster.size() > MAX_LINES) {
            int middle = widestGap(cluster);
            List<Line> events = new ArrayList<>(mergeCluster(cluster.subList(0, middle)));
            events.addAll(mergeCluster(cluster.subList(middle, cluster.size())));
            return events;
        }
        List<List<Line>> paths = paths(cluster);
        List<Line> events = withoutDoubles(paths.get(0));
        for (List<Line> path : paths.subList(1, paths.size())) {
            events = SequenceAlignment.of(events, withoutDoubles(path));
        }
        return events;
    }

    /** The log path of all these lines; null if there are several, or no lines. */
    public static @Nullable LogPath onlyPath(List<KeyValue<String, Line>> lines) {
        LogPath only = null;
        for (KeyValue<String, Line> line : lines) {
            LogPath path = LogPath.of(line.key, line.value);
            if (only != null && !only.equals(path)) {
                return null;
            }
            only = path;
        }
        return only;
    }

    /** Where to cut a cluster that is too long: at the widest gap in its middle half. */
    private static int widestGap(List<KeyValue<String, Line>> cluster) {
        int widest = cluster.size() / 4 + 1;
        Duration gap = Duration.ZERO;
        for (int i = widest; i < cluster.size() - cluster.size() / 4; i++) {
            Duration here = Duration.between(
                    cluster.get(i - 1).value.at(), cluster.get(i).value.at());
            if (here.compareTo(gap) > 0) {
                gap = here;
                widest = i;
            }
        }
        return widest;
    }

    /** The lines of each log path, the one with the most precise timestamps first, then by name. */
    private static List<List<Line>> paths(List<KeyValue<String, Line>> cluster) {
        Map<LogPath, List<Line>> byPath = new TreeMap<>();
        for (KeyValue<String, Line> line : cluster) {
            byPath.computeIfAbsent(LogPath.of(line.key, line.value), any -> new ArrayList<>())
                    .add(identified(line));
        }
        List<List<Line>> paths = new ArrayList<>();
        LogPath before = null;
        for (Map.Entry<LogPath, List<Line>> path : byPath.entrySet()) {
            List<Line> last = paths.isEmpty() ? List.of() : paths.get(paths.size() - 1);
            if (before != null && before.isRotatedBefore(path.getKey()) && continues(last, path.getValue())) {
                last.addAll(path.getValue());
            } else {
                paths.add(path.getValue());
            }
            before = path.getKey();
        }
        paths.sort(Comparator.comparing(path -> path.stream()
                .map(Line::precision)
                .min(Comparator.naturalOrder())
                .orElseThrow()));
        return paths;
    }

    /** Whether a rotated file and the next one are two parts of a log, and not one part under two names. */
    private static boolean continues(List<Line> older, List<Line> newer) {
        return !older.get(older.size() - 1).at().isAfter(newer.get(0).at()) && !areCopies(older, newer);
    }

    private static boolean areCopies(List<Line> some, List<Line> others) {
        boolean equal = some.size() == others.size();
        for (int i = 0; equal && i < some.size(); i++) {
            equal = some.get(i).isCopyOf(others.get(i));
        }
        return equal;
    }

    private static Line identified(KeyValue<String, Line> line) {
        return line.value.of(line.key);
    }

    private static List<Line> withoutDoubles(List<Line> path) {
        List<Line> single = new ArrayList<>(path.size());
        Line before = null;
        for (Line line : path) {
            if (before == null || !isDouble(before, line)) {
                single.add(line);
            }
            before = line;
        }
        return single;
    }

    private static boolean isDouble(Line before, Line line) {
        return before.message().equals(line.message())
                && Objects.equals(before.pid(), line.pid())
                && Duration.between(before.at(), line.at()).compareTo(Tolerances.DOUBLE_PRINT) <= 0;
    }
}
