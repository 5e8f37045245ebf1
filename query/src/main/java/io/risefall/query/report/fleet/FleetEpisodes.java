package io.risefall.query.report.fleet;

import io.risefall.query.report.model.DayBackendOutage;
import io.risefall.query.report.model.FlappingEpisode;
import io.risefall.query.report.model.MaintenanceWindow;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.SeenBy;
import io.risefall.query.time.Millis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What else nodes see alike, told once: maintenance, flapping, backends without a server. */
public final class FleetEpisodes {
    private static final Duration NEAR = Duration.ofSeconds(10);

    private final Period period;

    public FleetEpisodes(Period period) {
        this.period = period;
    }

    /**
     * Maintenance and drain; what overlaps is one.
     *
     * @param knownOn how many nodes know a server
     */
    public List<MaintenanceWindow> maintenance(List<MaintenanceWindow> rows, ToIntFunction<String> knownOn) {
        return folded(
                        rows,
                        row -> row.name() + ' ' + row.state(),
                        row -> sighting(row.node(), row.from(), row.from().plusMillis(row.lastsMs())),
                        Sighting.OVERLAPPING_ONLY,
                        group -> oneWindow(group, knownOn))
                .stream()
                .sorted(Comparator.comparing(MaintenanceWindow::from).thenComparing(MaintenanceWindow::name))
                .toList();
    }

    private MaintenanceWindow oneWindow(List<MaintenanceWindow> group, ToIntFunction<String> knownOn) {
        MaintenanceWindow first = group.get(0);
        int of = knownOn.applyAsInt(first.name());
        if (of == 1) {
            return first;
        }
        Instant from = first.from();
        Instant until = latest(group, row -> row.from().plusMillis(row.lastsMs()));
        SeenBy seenBy = SeenBy.of(nodes(group, MaintenanceWindow::node), of);
        return new MaintenanceWindow(
                seenBy.nodes().size() == 1 ? first.node() : null,
                first.proxy(),
                first.server(),
                seenBy,
                first.state(),
                from,
                latestOrNull(group, MaintenanceWindow::to),
                Millis.between(from, until),
                period.inside(from, until),
                group.stream().anyMatch(MaintenanceWindow::forgotten),
                first.cause(),
                first.diagnosis(),
                group.size() == 1 ? first.explain() : null);
    }

    /** Flapping episodes; what overlaps is one. */
    public List<FlappingEpisode> flapping(List<FlappingEpisode> rows, ToIntFunction<String> knownOn) {
        return folded(
                        rows,
                        FlappingEpisode::name,
                        row -> sighting(row.node(), row.startedAt(), row.calmAt()),
                        Sighting.OVERLAPPING_ONLY,
                        group -> oneEpisode(group, knownOn))
                .stream()
                .sorted(Comparator.comparing(FlappingEpisode::startedAt).thenComparing(FlappingEpisode::name))
                .toList();
    }

    private static FlappingEpisode oneEpisode(List<FlappingEpisode> group, ToIntFunction<String> knownOn) {
        FlappingEpisode first = group.get(0);
        SeenBy seenBy = SeenBy.of(nodes(group, FlappingEpisode::node), knownOn.applyAsInt(first.name()));
        return new FlappingEpisode(
                seenBy.nodes().size() == 1 ? first.node() : null,
                first.proxy(),
                first.server(),
                seenBy,
                first.startedAt(),
                latestOrNull(group, FlappingEpisode::endedAt),
                latest(group, FlappingEpisode::calmAt),
                group.stream().mapToInt(FlappingEpisode::downs).max().orElse(0),
                group.stream().mapToDouble(FlappingEpisode::peakPenalty).max().orElse(0),
                group.size() == 1 ? first.explain() : null);
    }

    /**
     * Backends without a server; what overlaps or begins near is one, as with outages.
     *
     * @param knownOn how many nodes know a backend
     */
    public List<DayBackendOutage> backends(List<DayBackendOutage> rows, ToIntFunction<String> knownOn) {
        return folded(
                        rows,
                        DayBackendOutage::proxy,
                        row -> sighting(row.node(), row.startedAt(), end(row)),
                        NEAR,
                        group -> backend(group, knownOn))
                .stream()
                .sorted(Comparator.comparing(DayBackendOutage::startedAt).thenComparing(DayBackendOutage::proxy))
                .toList();
    }

    private DayBackendOutage backend(List<DayBackendOutage> group, ToIntFunction<String> knownOn) {
        DayBackendOutage first = group.get(0);
        SeenBy seenBy = SeenBy.of(nodes(group, DayBackendOutage::node), knownOn.applyAsInt(first.proxy()));
        Instant until = latest(group, FleetEpisodes::end);
        boolean several = group.size() > 1;
        return new DayBackendOutage(
                first.id(),
                seenBy.nodes().size() == 1 ? first.node() : null,
                first.proxy(),
                seenBy,
                first.startedAt(),
                latestOrNull(group, DayBackendOutage::endedAt),
                several ? Millis.between(first.startedAt(), until) : first.durationMs(),
                several ? period.inside(first.startedAt(), until) : first.inDayMs());
    }

    private static Instant end(DayBackendOutage row) {
        return row.endedAt() == null ? row.startedAt().plusMillis(row.durationMs()) : row.endedAt();
    }

    private static Sighting sighting(@Nullable String node, Instant from, Instant until) {
        return new Sighting(Objects.requireNonNull(node), from, until);
    }

    private static <T> List<T> folded(
            Collection<T> rows,
            Function<T, String> subject,
            Function<T, Sighting> sighting,
            Duration near,
            Function<List<T>, T> fold) {
        Map<String, List<T>> subjects = new LinkedHashMap<>();
        rows.forEach(row -> subjects.computeIfAbsent(subject.apply(row), any -> new ArrayList<>())
                .add(row));
        return subjects.values().stream()
                .flatMap(own -> Sighting.group(own, sighting, near).stream())
                .map(fold)
                .toList();
    }

    private static <T> List<String> nodes(List<T> group, Function<T, @Nullable String> node) {
        return group.stream().map(node).filter(Objects::nonNull).toList();
    }

    private static <T> Instant latest(List<T> group, Function<T, Instant> moment) {
        return group.stream().map(moment).max(Comparator.naturalOrder()).orElseThrow();
    }

    /** The latest, or null where one of them has none. */
    private static <T> @Nullable Instant latestOrNull(List<T> group, Function<T, @Nullable Instant> moment) {
        return group.stream().anyMatch(row -> moment.apply(row) == null) ? null : latest(group, moment);
    }
}
