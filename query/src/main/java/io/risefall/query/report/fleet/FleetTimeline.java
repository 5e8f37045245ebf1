package io.risefall.query.report.fleet;

import io.risefall.query.report.model.StateSpan;
import io.risefall.schemas.message.Health;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The states of a server of the fleet from those that its nodes tell: down while a node sees it DOWN; else in service while
 * one has it so; else draining, in maintenance, and unknown only where no node tells anything.
 */
final class FleetTimeline {
    /** The first of these that a node tells is the fleet's. */
    private static final List<Health> FIRST =
            List.of(Health.DOWN, Health.UP, Health.DRAIN, Health.MAINT, Health.UNKNOWN);

    private FleetTimeline() {}

    /** Of two states the one that counts. */
    static Health first(Health one, Health other) {
        return FIRST.indexOf(one) <= FIRST.indexOf(other) ? one : other;
    }

    /**
     * Puts them together.
     *
     * @param nodes of each node the whole period, without hole
     * @param between stretches between two nodes' sightings of one outage: down, though nobody looked just then
     */
    static List<StateSpan> merge(List<List<StateSpan>> nodes, List<StateSpan> between) {
        List<Cursor> cursors = nodes.stream().map(Cursor::new).toList();
        Cursor gaps = new Cursor(between);
        List<StateSpan> merged = new ArrayList<>();
        Instant at = null;
        for (Instant border : borders(nodes, between)) {
            if (at != null) {
                Instant begin = at;
                add(merged, piece(cursors.stream().map(c -> c.at(begin)).toList(), gaps.at(begin), begin, border));
            }
            at = border;
        }
        return merged;
    }

    private static Set<Instant> borders(List<List<StateSpan>> nodes, List<StateSpan> between) {
        Set<Instant> borders = new TreeSet<>();
        nodes.forEach(node -> node.forEach(span -> {
            borders.add(span.from());
            borders.add(span.to());
        }));
        if (!borders.isEmpty()) {
            between.forEach(span -> {
                borders.add(span.from());
                borders.add(span.to());
            });
        }
        return borders;
    }

    private static StateSpan piece(List<@Nullable StateSpan> told, @Nullable StateSpan gap, Instant from, Instant to) {
        Health state = Health.UNKNOWN;
        String cause = "";
        boolean inService = false;
        for (StateSpan span : told) {
            if (span != null) {
                Health next = first(state, span.state());
                cause = next == state && !cause.isEmpty() ? cause : next == span.state() ? span.cause() : cause;
                state = next;
                inService |= span.state() == Health.UP || span.state() == Health.DRAIN;
            }
        }
        boolean down = state == Health.DOWN;
        return gap != null && !down
                ? new StateSpan(Health.DOWN, from, to, gap.cause(), true)
                : new StateSpan(state, from, to, cause, down && inService);
    }

    private static void add(List<StateSpan> merged, StateSpan next) {
        StateSpan last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
        if (last != null && last.state() == next.state() && last.someOnly() == next.someOnly()) {
            merged.set(
                    merged.size() - 1,
                    new StateSpan(last.state(), last.from(), next.to(), last.cause(), last.someOnly()));
        } else {
            merged.add(next);
        }
    }

    /** Asked for moments in their order. */
    private static final class Cursor {
        private final List<StateSpan> spans;
        private int next;

        Cursor(List<StateSpan> spans) {
            this.spans = spans;
        }

        @Nullable StateSpan at(Instant moment) {
            while (next < spans.size() && !spans.get(next).to().isAfter(moment)) {
                next++;
            }
            return next < spans.size() && !spans.get(next).from().isAfter(moment) ? spans.get(next) : null;
        }
    }
}
