package io.risefall.streams.dedup;

import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.LogPath;
import io.risefall.streams.model.Same;
import io.risefall.streams.model.TimestampPrecision;
import io.risefall.streams.server.ServerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the lines of a subject its events: what several lanes ({@link LogPath}) say of one event counts once, with the finest
 * of their times; what one of them lost is taken from the others; and what one lane says twice within a second happened
 * twice. A function of the set of lines.
 *
 * <p>Of one lane only what is said twice in a row at one time is a double: two log targets that write into one file. That any
 * DOWN after a DOWN is a repeat is known to {@link ServerState}.
 */
public final class Deduplicator {
    /** Lines further apart than this are never copies of each other: stamps of {@link TimestampPrecision} and what relays add. */
    public static final Duration REACH = SequenceAlignment.SKEW.plusSeconds(2);

    /** Of how many lines two lanes are compared at once: more would take memory and time that grow with the square. */
    private static final int MAX_LINES = 2000;

    /** Two log targets print a line at one time; relays and unix sockets stamp the two one after the other. */
    private static final Duration DOUBLED = Duration.ofMillis(10);

    private Deduplicator() {}

    /** The events of one subject. {@code lines} must come in the order of {@link LineKey}, and so do the events. */
    static List<Line> merge(List<KeyValue<String, Line>> lines) {
        List<Line> events = new ArrayList<>(lines.size());
        stretches(lines).forEach(stretch -> events.addAll(mergeStretch(stretch)));
        return events;
    }

    /** The lines in pieces so far apart that no line of one has a copy in another. */
    public static List<List<KeyValue<String, Line>>> stretches(List<KeyValue<String, Line>> lines) {
        List<List<KeyValue<String, Line>>> stretches = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= lines.size(); i++) {
            if (i == lines.size() || areApart(lines.get(i - 1).value, lines.get(i).value)) {
                stretches.add(lines.subList(from, i));
                from = i;
            }
        }
        return stretches;
    }

    static boolean areApart(Line earlier, Line later) {
        return earlier.at().plus(REACH).isBefore(later.at());
    }

    /** The events of one of the {@link #stretches}. */
    public static List<Line> mergeStretch(List<KeyValue<String, Line>> stretch) {
        if (onlyLane(stretch) != null) {
            return withoutDoubles(stretch.stream().map(line -> line.value).toList());
        }
        if (stretch.size() > MAX_LINES) {
            int middle = widestGap(stretch);
            List<Line> events = new ArrayList<>(mergeStretch(stretch.subList(0, middle)));
            events.addAll(mergeStretch(stretch.subList(middle, stretch.size())));
            return events;
        }
        List<List<Line>> lanes = lanes(stretch);
        List<Line> events = withoutDoubles(lanes.get(0));
        for (List<Line> lane : lanes.subList(1, lanes.size())) {
            events = SequenceAlignment.of(events, withoutDoubles(lane));
        }
        return events;
    }

    /** The one lane on which all these lines came; null where there are several, or no lines. */
    public static @Nullable LogPath onlyLane(List<KeyValue<String, Line>> lines) {
        LogPath only = null;
        for (KeyValue<String, Line> line : lines) {
            LogPath lane = LogPath.of(line.key, line.value);
            if (only != null && !only.equals(lane)) {
                return null;
            }
            only = lane;
        }
        return only;
    }

    /** Where to cut a stretch that is too long, in its middle half. */
    private static int widestGap(List<KeyValue<String, Line>> stretch) {
        int widest = stretch.size() / 4 + 1;
        Duration gap = Duration.ZERO;
        for (int i = widest; i < stretch.size() - stretch.size() / 4; i++) {
            Duration here = Duration.between(
                    stretch.get(i - 1).value.at(), stretch.get(i).value.at());
            if (here.compareTo(gap) > 0) {
                gap = here;
                widest = i;
            }
        }
        return widest;
    }

    /** The lines of each lane, the one with the finest stamps first, of equals the first by name. */
    private static List<List<Line>> lanes(List<KeyValue<String, Line>> stretch) {
        Map<LogPath, List<Line>> byLane = new TreeMap<>();
        for (KeyValue<String, Line> line : stretch) {
            byLane.computeIfAbsent(LogPath.of(line.key, line.value), any -> new ArrayList<>())
                    .add(line.value);
        }
        List<List<Line>> lanes = new ArrayList<>();
        LogPath before = null;
        for (Map.Entry<LogPath, List<Line>> lane : byLane.entrySet()) {
            List<Line> last = lanes.isEmpty() ? List.of() : lanes.get(lanes.size() - 1);
            if (before != null && before.isRotatedBefore(lane.getKey()) && goesOn(last, lane.getValue())) {
                last.addAll(lane.getValue());
            } else {
                lanes.add(lane.getValue());
            }
            before = lane.getKey();
        }
        lanes.sort(Comparator.comparing(lane -> lane.stream()
                .map(Line::precision)
                .min(Comparator.naturalOrder())
                .orElseThrow()));
        return lanes;
    }

    /** Whether a rotated file and the next are two parts of a log, and not the same part read under two names. */
    private static boolean goesOn(List<Line> older, List<Line> newer) {
        return !older.get(older.size() - 1).at().isAfter(newer.get(0).at()) && !older.equals(newer);
    }

    private static List<Line> withoutDoubles(List<Line> lane) {
        List<Line> single = new ArrayList<>(lane.size());
        Line before = null;
        for (Line line : lane) {
            if (before == null || !isDouble(before, line)) {
                single.add(line);
            }
            before = line;
        }
        return single;
    }

    private static boolean isDouble(Line before, Line line) {
        return before.message().equals(line.message())
                && Same.value(before.pid(), line.pid())
                && Duration.between(before.at(), line.at()).compareTo(DOUBLED) <= 0;
    }
}
