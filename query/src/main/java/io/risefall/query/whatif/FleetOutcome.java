package io.risefall.query.whatif;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.risefall.query.report.fleet.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What would have become of the outages of one server of the fleet, in numbers. What several nodes saw of one outage counts
 * once: it is avoided only if all of them would have seen none, and kept if one of them would have.
 *
 * @param outages that happened
 * @param avoided of them those that would not have happened
 * @param kept of them those that would have happened
 * @param unknown of them those of which lines do not tell
 * @param added that would have happened in addition
 * @param perhapsAdded that perhaps would have happened in addition
 * @param downLaterMostMs of those kept: how much later one would have been seen DOWN at most; negative: all earlier
 * @param unseenMs of those kept, all together: how much longer they would have been unseen; negative: shorter
 * @param upLaterMostMs of those kept: how much later one would have been seen UP at most
 */
public record FleetOutcome(
        String proxy,
        String server,
        int outages,
        int avoided,
        int kept,
        int unknown,
        int added,
        int perhapsAdded,
        @Nullable Long downLaterMostMs,
        long unseenMs,
        @Nullable Long upLaterMostMs) {
    /** Nodes see the same by their own checks. */
    private static final Duration NEAR = Duration.ofSeconds(10);

    /** @param all of one server, of all nodes */
    static FleetOutcome of(List<Prediction> all) {
        List<List<Prediction>> outages = together(all.stream().filter(Prediction::happened));
        List<List<Prediction>> others = together(all.stream().filter(one -> !one.happened()));
        List<Prediction> kept =
                all.stream().filter(one -> one.fate() == Fate.KEPT).toList();
        return new FleetOutcome(
                all.get(0).proxy(),
                all.get(0).server(),
                outages.size(),
                count(outages, Fate.AVOIDED),
                count(outages, Fate.KEPT),
                count(outages, Fate.UNKNOWN),
                count(others, Fate.ADDED),
                count(others, Fate.UNKNOWN),
                most(kept, Prediction::downLaterMostMs),
                outages.stream().mapToLong(FleetOutcome::unseen).sum(),
                most(kept, Prediction::upLaterMostMs));
    }

    /** All servers. */
    static FleetOutcome sum(List<FleetOutcome> servers) {
        return servers.stream()
                .reduce((one, other) -> new FleetOutcome(
                        "",
                        "",
                        one.outages + other.outages,
                        one.avoided + other.avoided,
                        one.kept + other.kept,
                        one.unknown + other.unknown,
                        one.added + other.added,
                        one.perhapsAdded + other.perhapsAdded,
                        greater(one.downLaterMostMs, other.downLaterMostMs),
                        one.unseenMs + other.unseenMs,
                        greater(one.upLaterMostMs, other.upLaterMostMs)))
                .orElse(new FleetOutcome("", "", 0, 0, 0, 0, 0, 0, null, 0, null));
    }

    /** {@code web/srv1}. */
    @JsonIgnore
    public String name() {
        return proxy + "/" + server;
    }

    private static List<List<Prediction>> together(Stream<Prediction> some) {
        return Sighting.group(
                some.toList(),
                one -> new Sighting(
                        one.node(),
                        one.startedAt(),
                        one.endedAt() == null ? one.startedAt().plusMillis(1) : one.endedAt()),
                NEAR);
    }

    private static int count(List<List<Prediction>> outages, Fate fate) {
        return (int) outages.stream().filter(one -> fate(one) == fate).count();
    }

    private static Fate fate(List<Prediction> seen) {
        for (Fate first : List.of(Fate.KEPT, Fate.ADDED, Fate.UNKNOWN)) {
            if (seen.stream().anyMatch(one -> one.fate() == first)) {
                return first;
            }
        }
        return Fate.AVOIDED;
    }

    /** The fleet sees it when the first node does. */
    private static long unseen(List<Prediction> seen) {
        return seen.stream()
                .map(Prediction::downLaterMostMs)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .min()
                .orElse(0);
    }

    private static @Nullable Long most(List<Prediction> some, Function<Prediction, @Nullable Long> ms) {
        List<Long> known = new ArrayList<>();
        some.stream().map(ms).filter(Objects::nonNull).forEach(known::add);
        return known.stream().max(Long::compare).orElse(null);
    }

    private static @Nullable Long greater(@Nullable Long one, @Nullable Long other) {
        return one == null ? other : other == null ? one : (Long) Math.max(one, other);
    }
}
