package io.risefall.query.alert.engine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What belongs to an alert by when and where it begins: near its backends, its servers' names, or its nodes. */
final class AlertReach {
    private static final String PROXY = "proxy ";
    private static final String SERVER = "server ";
    private static final String NODE = "node ";
    private static final String ALL = "all";

    private final AlertGroup group;
    private final Map<String, Neighbourhood> byPlace;

    /** @param byPlace as {@link #byPlace} gave it */
    AlertReach(AlertGroup group, Map<String, Neighbourhood> byPlace) {
        this.group = group;
        this.byPlace = new LinkedHashMap<>(byPlace);
    }

    Map<String, Neighbourhood> byPlace() {
        return new LinkedHashMap<>(byPlace);
    }

    /** Whether it began near what belongs to the alert. */
    boolean isNear(Trouble trouble) {
        return switch (group) {
            case SERVERS ->
                isNear(PROXY + trouble.proxy(), trouble)
                        || isNear(SERVER + trouble.server(), trouble)
                        || isNearBegin(NODE + trouble.node(), trouble);
            case LEADER -> byPlace.containsKey(PROXY + trouble.proxy());
            case NODES -> isNear(ALL, trouble);
            case PIPELINE -> true;
        };
    }

    private boolean isNear(String place, Trouble trouble) {
        Neighbourhood near = byPlace.get(place);
        return near != null && near.reaches(trouble.from(), trouble.nearMs());
    }

    private boolean isNearBegin(String place, Trouble trouble) {
        Neighbourhood near = byPlace.get(place);
        return near != null && near.reachesFromBegin(trouble.from(), trouble.nearMs());
    }

    private List<String> places(Trouble trouble) {
        return switch (group) {
            case SERVERS ->
                trouble.isOfServer()
                        ? List.of(PROXY + trouble.proxy(), SERVER + trouble.server(), NODE + trouble.node())
                        : List.of();
            case LEADER -> List.of(PROXY + trouble.proxy());
            case NODES, PIPELINE -> List.of(ALL);
        };
    }

    void begins(Trouble trouble) {
        for (String place : places(trouble)) {
            byPlace.compute(place, (any, near) -> near == null ? Neighbourhood.of(trouble) : near.begins(trouble));
        }
    }

    void ends(Trouble trouble, Instant at) {
        for (String place : places(trouble)) {
            byPlace.computeIfPresent(place, (any, near) -> near.ends(trouble, at));
        }
    }

    /** Whether a server of that backend is DOWN now. */
    boolean hasDown(String proxy) {
        Neighbourhood backend = byPlace.get(PROXY + proxy);
        return backend != null && backend.open() > 0;
    }

    /** The backends of an alert that is about nothing else. */
    List<String> proxies() {
        return byPlace.keySet().stream()
                .map(place -> place.substring(PROXY.length()))
                .sorted()
                .toList();
    }
}
