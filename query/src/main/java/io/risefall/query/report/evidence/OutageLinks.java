package io.risefall.query.report.evidence;

import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.Traces.Link;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Links to the traces of a day's outages. */
record OutageLinks(List<DayOutage> outages) {
    /** To those of one server, {@code proxy/server}. */
    List<Link> of(String name) {
        return those(outage -> outage.name().equals(name));
    }

    /** To those that satisfy a condition, at most as many as a trace tells. */
    List<Link> those(Predicate<DayOutage> condition) {
        return all(
                outages.stream().filter(condition).limit(TraceList.MOST_PIECES).toList());
    }

    /** To all of {@code outages}. */
    static List<Link> all(List<DayOutage> outages) {
        return outages.stream()
                .map(outage -> new Link(
                        (outage.byNode().isEmpty() ? "lines-" : "lines-fleet-") + outage.id(),
                        "outage " + outage.id() + TraceList.on(outage.node())))
                .toList();
    }

    /** To the outage that {@code outage}, one of a tracking server, comes from. */
    List<Link> origins(DayOutage outage) {
        return outages.stream()
                .filter(other -> Objects.equals(other.node(), outage.node())
                        && other.name().equals(outage.via()))
                .filter(other -> !other.startedAt().isAfter(outage.startedAt().plusSeconds(1)))
                .filter(other -> other.endedAt() == null
                        || !other.endedAt().isBefore(outage.startedAt().minusSeconds(1)))
                .map(other -> new Link("lines-" + other.id(), "the outage of " + other.name() + ", which it tracks"))
                .toList();
    }
}
