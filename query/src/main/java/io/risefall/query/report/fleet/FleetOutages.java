package io.risefall.query.report.fleet;

import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.SeenBy;
import io.risefall.query.report.model.StateSpan;
import io.risefall.query.time.Millis;
import io.risefall.schemas.message.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Outages of one server of the fleet from those that its nodes saw, by the rules of {@link Sighting#group}. */
public final class FleetOutages {
    private static final Comparator<DayOutage> BY_BEGIN =
            Comparator.comparing(DayOutage::startedAt).thenComparing(DayOutage::id);

    private final Period period;

    public FleetOutages(Period period) {
        this.period = period;
    }

    /**
     * What one node saw of an outage.
     *
     * @param outage its row
     * @param until when it ended; of an open one until when its node's log tells
     */
    public record NodeOutage(DayOutage outage, Instant until) {
        String node() {
            return Objects.requireNonNull(outage.node());
        }

        public Sighting sighting() {
            return new Sighting(node(), outage.startedAt(), until);
        }
    }

    /**
     * The outages of one server that touch the period, in order of time.
     *
     * @param seen those of its nodes, also some around the period
     * @param nodes its rows, one for each node that knows it
     * @param near how far apart nodes may begin to see the same
     */
    public List<DayOutage> of(List<NodeOutage> seen, List<NodeServer> nodes, Duration near) {
        return Sighting.group(seen, NodeOutage::sighting, near).stream()
                .filter(this::touchesThePeriod)
                .map(group -> outage(group, nodes))
                .toList();
    }

    /** From the first begin to the last end of what is one outage. */
    public static Sighting span(List<NodeOutage> group) {
        Instant from = group.stream()
                .map(seen -> seen.outage.startedAt())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant until = group.stream()
                .map(NodeOutage::until)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new Sighting("", from, until);
    }

    private boolean touchesThePeriod(List<NodeOutage> group) {
        Sighting span = span(group);
        return span.from().isBefore(period.to())
                && (!span.from().isBefore(period.from()) || span.until().isAfter(period.from()));
    }

    private DayOutage outage(List<NodeOutage> group, List<NodeServer> nodes) {
        Sighting span = span(group);
        Optional<NodeOutage> open =
                group.stream().filter(seen -> lasts(seen, nodes)).findFirst();
        NodeOutage first = group.get(0);
        NodeOutage last =
                group.stream().max(Comparator.comparing(NodeOutage::until)).orElseThrow();
        boolean cut = open.isEmpty() && last.outage.endedAt() == null;
        @Nullable Instant endedAt = open.isPresent() ? null : cut ? last.until : last.outage.endedAt();
        @Nullable String endedBy = open.isPresent() ? null : cut ? "unknown" : last.outage.endedBy();
        DayOutage lead = lead(group);
        DayOutage one = first.outage;
        boolean several = group.size() > 1;
        return new DayOutage(
                one.id(),
                group.stream().map(NodeOutage::node).distinct().count() == 1 ? one.node() : null,
                one.proxy(),
                one.server(),
                one.backup(),
                SeenBy.of(group.stream().map(NodeOutage::node).toList(), watching(span, group, nodes)),
                span.from(),
                endedAt,
                several || cut ? Millis.between(span.from(), span.until()) : one.durationMs(),
                period.inside(span.from(), span.until()),
                endedBy,
                lead.reason(),
                lead.reasonText(),
                lead.code(),
                lead.info(),
                lead.via(),
                lead.agent(),
                group.stream()
                        .map(seen -> seen.outage.firstFailureAt())
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                group.stream().anyMatch(seen -> seen.outage.backendEmptied()),
                one.certain() && !cut && isEndCertain(group, last, nodes),
                last.outage.firstSuccessAt(),
                one.detectionMs(),
                open.isPresent() ? null : last.outage.recoveryMs(),
                one.role(),
                lead.diagnosis(),
                several
                        ? group.stream()
                                .map(NodeOutage::outage)
                                .sorted(BY_BEGIN)
                                .toList()
                        : List.of());
    }

    /** The one whose words speak for all: with a reason, and the longest of the day. */
    private static DayOutage lead(List<NodeOutage> group) {
        return group.stream()
                .map(NodeOutage::outage)
                .max(Comparator.comparing((DayOutage outage) -> outage.reason() != null || outage.via() != null)
                        .thenComparing(DayOutage::inDayMs)
                        .thenComparing(
                                Comparator.comparing(DayOutage::startedAt).reversed()))
                .orElseThrow();
    }

    /** Whether it is open, and not only because its node's log has ended while another node tells on. */
    private static boolean lasts(NodeOutage seen, List<NodeServer> nodes) {
        return seen.outage.endedAt() == null
                && (nodes.stream().noneMatch(NodeServer::knowsEndState)
                        || nodes.stream()
                                .anyMatch(node ->
                                        node.knowsEndState() && node.node().equals(seen.node())));
    }

    /** Of an open one, whether a node is certain that it lasts. */
    private static boolean isEndCertain(List<NodeOutage> group, NodeOutage last, List<NodeServer> nodes) {
        List<NodeOutage> open =
                group.stream().filter(seen -> lasts(seen, nodes)).toList();
        return open.isEmpty() ? last.outage.certain() : open.stream().anyMatch(seen -> seen.outage.certain());
    }

    private static int watching(Sighting span, List<NodeOutage> group, List<NodeServer> nodes) {
        return (int) nodes.stream()
                .filter(node -> group.stream().anyMatch(seen -> seen.node().equals(node.node()))
                        || node.hadInService(span.from(), span.until()))
                .count();
    }

    /** The times of the period within an outage in which none of its nodes saw it. */
    static List<StateSpan> between(DayOutage outage, Period period) {
        List<StateSpan> between = new ArrayList<>();
        Instant seenUntil = Instant.MIN;
        for (DayOutage part : outage.byNode()) {
            Instant from = seenUntil.isAfter(period.from()) ? seenUntil : period.from();
            Instant until = part.startedAt().isBefore(period.to()) ? part.startedAt() : period.to();
            if (seenUntil.isAfter(Instant.MIN) && until.isAfter(from)) {
                between.add(new StateSpan(Health.DOWN, from, until, "", true));
            }
            Instant end = part.endedAt() == null ? part.startedAt().plusMillis(part.durationMs()) : part.endedAt();
            seenUntil = end.isAfter(seenUntil) ? end : seenUntil;
        }
        return between;
    }
}
