package io.risefall.query.report.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What one node saw for a time: {@code [from, until)}.
 *
 * @param node the node
 * @param from when it began to see it
 * @param until when it ceased to, or until when its log tells
 */
public record Sighting(String node, Instant from, Instant until) {
    /** Nothing but what overlaps is the same. */
    public static final Duration OVERLAPPING_ONLY = Duration.ofNanos(-1);

    /**
     * Sightings of one server, put together where they are of the same event. Two rules, in this order:
     *
     * <ol>
     *   <li>what overlaps in time is one event: for all of it some node saw it;
     *   <li>what does not is one event if the later begins near a begin of the earlier, or where it ends, and no node saw
     *       both: a node that did has seen the time between as well, and that it was over.
     * </ol>
     *
     * @param near how far apart nodes may begin to see the same event; {@link #OVERLAPPING_ONLY} leaves out the second rule
     * @return the events in the order of time, none of which overlap; each one's sightings by begin
     */
    public static <T> List<List<T>> group(List<T> rows, Function<T, Sighting> sighting, Duration near) {
        List<Event<T>> events = new ArrayList<>();
        rows.stream()
                .sorted(Comparator.comparing((T row) -> sighting.apply(row).from())
                        .thenComparing(row -> sighting.apply(row).node()))
                .forEach(row -> {
                    Event<T> last = events.isEmpty() ? null : events.get(events.size() - 1);
                    if (last != null && sighting.apply(row).from().isBefore(last.until)) {
                        last.add(row, sighting.apply(row));
                    } else {
                        events.add(new Event<>(row, sighting.apply(row)));
                    }
                });
        return (near.isNegative() ? events : joined(events, near))
                .stream().map(event -> List.copyOf(event.rows)).toList();
    }

    private static <T> List<Event<T>> joined(List<Event<T>> events, Duration near) {
        List<Event<T>> joined = new ArrayList<>();
        for (Event<T> event : events) {
            Event<T> last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.isNear(event, near)) {
                last.addAll(event);
            } else {
                joined.add(event);
            }
        }
        return joined;
    }

    /** Rows that are one event so far. */
    private static final class Event<T> {
        private final List<T> rows = new ArrayList<>();
        private final Set<String> nodes = new HashSet<>();
        private final Instant from;
        private Instant lastFrom;
        private Instant until;

        Event(T row, Sighting sighting) {
            from = sighting.from();
            lastFrom = from;
            until = from;
            add(row, sighting);
        }

        void add(T row, Sighting sighting) {
            rows.add(row);
            nodes.add(sighting.node());
            lastFrom = sighting.from();
            until = until.isAfter(sighting.until()) ? until : sighting.until();
        }

        void addAll(Event<T> other) {
            rows.addAll(other.rows);
            nodes.addAll(other.nodes);
            lastFrom = other.lastFrom;
            until = until.isAfter(other.until) ? until : other.until;
        }

        boolean isNear(Event<T> later, Duration near) {
            boolean inTime = !later.from.isAfter(lastFrom.plus(near)) || later.from.equals(until);
            return inTime && nodes.stream().noneMatch(later.nodes::contains);
        }
    }
}
