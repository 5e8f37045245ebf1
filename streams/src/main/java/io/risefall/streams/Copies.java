package io.risefall.streams;

import io.risefall.schemas.HealthMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines of a subject that say again what another source has said: the same words of the same process at a time
 * that can be the same. What one source says first is matched with what the other says first, its second with the
 * other's second, so real repeats within a second survive, and of a line that one source lost the other's counts. Of the
 * sources the one whose stamps have fractions is believed, then the one that comes first by name.
 *
 * <p>Within one source nothing is a copy here: that a DOWN after a DOWN is a repeat is known to {@link ServerState}.
 */
final class Copies {
    /** Relays stamp when they receive: what they add is queueing, and their clocks differ a little. */
    private static final Duration SKEW = Duration.ofSeconds(1);

    /** A stamp without fraction stands for the second that it begins. */
    private static final Duration WHOLE = Duration.ofSeconds(1);

    /** Lines further apart than this are never copies of each other. */
    static final Duration REACH = SKEW.plus(WHOLE);

    /** Lines that are copies of each other have these in common. */
    private record Words(@Nullable Long pid, HealthMessage message) {}

    /** A line and where it stands. */
    private record Place(String key, Instant at) {
        boolean isPrecise() {
            return !at.equals(at.truncatedTo(ChronoUnit.SECONDS));
        }

        /** Whether both can be the same event. */
        boolean canBe(Place other) {
            Duration behind = Duration.between(other.at, at);
            Duration late = isPrecise() && !other.isPrecise() ? REACH : SKEW;
            Duration early = !isPrecise() && other.isPrecise() ? REACH : SKEW;
            return behind.compareTo(late) <= 0 && behind.negated().compareTo(early) <= 0;
        }
    }

    private Copies() {}

    /** The keys of all lines that are copies of another one. */
    static Set<String> of(List<KeyValue<String, Line>> lines) {
        Map<Words, Map<String, List<Place>>> said = new HashMap<>();
        for (KeyValue<String, Line> entry : lines) {
            Line line = entry.value;
            said.computeIfAbsent(new Words(line.pid(), line.message()), any -> new TreeMap<>())
                    .computeIfAbsent(LineKey.sourceOf(entry.key), any -> new ArrayList<>())
                    .add(new Place(entry.key, line.at()));
        }
        Set<String> copies = new HashSet<>();
        for (Map<String, List<Place>> bySource : said.values()) {
            if (bySource.size() > 1) {
                match(bySource, copies);
            }
        }
        return copies;
    }

    private static void match(Map<String, List<Place>> bySource, Set<String> copies) {
        // A stable sort: by name within each half.
        List<List<Place>> sources = bySource.values().stream()
                .sorted(Comparator.comparing(places -> places.stream().noneMatch(Place::isPrecise)))
                .toList();
        List<Place> events = new ArrayList<>(sources.get(0));
        for (List<Place> source : sources.subList(1, sources.size())) {
            List<Place> more = new ArrayList<>();
            int next = 0;
            for (Place place : source) {
                while (next < events.size()
                        && events.get(next).at().isBefore(place.at())
                        && !place.canBe(events.get(next))) {
                    next++;
                }
                if (next < events.size() && place.canBe(events.get(next))) {
                    copies.add(place.key());
                    next++;
                } else {
                    more.add(place);
                }
            }
            events.addAll(more);
            events.sort(Comparator.comparing(Place::at));
        }
    }

    /** Whether {@code line} can be a copy of one of {@code others}, or one of them a copy of it. */
    static boolean possible(String key, Line line, Iterable<KeyValue<String, Line>> others) {
        String source = LineKey.sourceOf(key);
        for (KeyValue<String, Line> other : others) {
            if (Same.value(other.value.pid(), line.pid())
                    && other.value.message().equals(line.message())
                    && !LineKey.sourceOf(other.key).equals(source)) {
                return true;
            }
        }
        return false;
    }
}
