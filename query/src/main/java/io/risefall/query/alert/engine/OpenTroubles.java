package io.risefall.query.alert.engine;

import io.risefall.query.alert.engine.Trouble.Kind;
import io.risefall.query.alert.model.AlertProblem;
import io.risefall.query.alert.model.AlertSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What lasts of an alert, and what problem that is. */
final class OpenTroubles {
    private final AlertGroup group;
    /** Of each kind, by id. */
    private final Map<Kind, Map<String, OpenTrouble>> byKind = new TreeMap<>();

    OpenTroubles(AlertGroup group) {
        this.group = group;
    }

    void put(OpenTrouble trouble) {
        byKind.computeIfAbsent(trouble.trouble().kind(), any -> new LinkedHashMap<>())
                .put(trouble.trouble().id(), trouble);
    }

    void remove(Trouble trouble) {
        Objects.requireNonNull(byKind.get(trouble.kind())).remove(trouble.id());
    }

    Collection<OpenTrouble> of(Kind kind) {
        return byKind.getOrDefault(kind, Map.of()).values();
    }

    boolean has(Kind kind) {
        return !of(kind).isEmpty();
    }

    Map<Kind, Map<String, OpenTrouble>> byKind() {
        return byKind;
    }

    List<OpenTrouble> all() {
        List<OpenTrouble> all = new ArrayList<>();
        byKind.values().forEach(ofKind -> all.addAll(ofKind.values()));
        return all;
    }

    /** Nothing is wrong; that a backend is empty is then an operator's doing. */
    boolean areNone() {
        return !has(Kind.DOWN)
                && !has(Kind.FLAPPING)
                && !has(Kind.SILENT)
                && !has(Kind.PIPELINE)
                && (group != AlertGroup.LEADER || !has(Kind.EMPTY));
    }

    AlertProblem problem() {
        return switch (group) {
            case PIPELINE -> AlertProblem.PIPELINE_SILENT;
            case NODES -> AlertProblem.NODE_SILENT;
            case LEADER -> AlertProblem.BACKEND_EMPTY;
            case SERVERS ->
                has(Kind.EMPTY)
                        ? AlertProblem.BACKEND_EMPTY
                        : has(Kind.LOW) ? AlertProblem.CAPACITY_LOW : AlertProblem.SERVERS_DOWN;
        };
    }

    /** When the first has lasted long enough to be told of. */
    Instant ripe(AlertSettings settings) {
        Duration hold = switch (group) {
            case SERVERS -> settings.hold();
            case LEADER -> settings.leaderless();
            case NODES, PIPELINE -> Duration.ZERO;
        };
        Instant ripe = Instant.MAX;
        for (Kind kind : byKind.keySet()) {
            if (group != AlertGroup.SERVERS || kind != Kind.EMPTY && kind != Kind.LOW) {
                Instant ofKind = ripe(kind, hold);
                ripe = ofKind.isBefore(ripe) ? ofKind : ripe;
            }
        }
        return ripe;
    }

    /** When the first of a kind has lasted so long; {@link Instant#MAX}: there is none. */
    Instant ripe(Kind kind, Duration hold) {
        Instant ripe = Instant.MAX;
        for (OpenTrouble trouble : of(kind)) {
            Instant next = trouble.ripe(hold);
            ripe = next.isBefore(ripe) ? next : ripe;
        }
        return ripe;
    }

    /** The outage that began first. */
    @Nullable Trouble firstOutage() {
        Trouble first = null;
        for (OpenTrouble down : of(Kind.DOWN)) {
            first = first == null || down.trouble().isBefore(first) ? down.trouble() : first;
        }
        return first;
    }

    /** A corrected start makes another outage of it. */
    boolean replace(Trouble trouble, Duration moved) {
        return of(trouble.kind()).stream()
                .map(OpenTrouble::trouble)
                .anyMatch(other -> other.node().equals(trouble.node())
                        && other.fleetServer().equals(trouble.fleetServer())
                        && Duration.between(other.from(), trouble.from()).abs().compareTo(moved) <= 0);
    }
}
