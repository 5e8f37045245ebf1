package io.risefall.streams.dedup;

import io.risefall.streams.model.Line;
import io.risefall.streams.model.MessageEquivalence;
import io.risefall.streams.time.Tolerances;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges the lines of two log paths. Both have their lines in the order in which they were printed, so matches never cross.
 * Of all alignments, the one with the most matches is taken, and of those the one with the closest times.
 */
final class SequenceAlignment {
    /** One more match outweighs all time differences together: each is less than three seconds. */
    private static final long MATCH = 1L << 32;

    private final List<Line> base;
    private final List<Line> more;

    /** The best score from line i of base and line j of more on. */
    private final long[][] best;

    private SequenceAlignment(List<Line> base, List<Line> more) {
        this.base = base;
        this.more = more;
        best = new long[base.size() + 1][more.size() + 1];
        for (int i = base.size() - 1; i >= 0; i--) {
            for (int j = more.size() - 1; j >= 0; j--) {
                long match = match(i, j);
                long without = Math.max(best[i + 1][j], best[i][j + 1]);
                best[i][j] = match < 0 ? without : Math.max(without, match + best[i + 1][j + 1]);
            }
        }
    }

    /**
     * The events of both, in order.
     *
     * @param base lines in the order of time, with the more precise timestamps, which the events get
     * @param more lines in the order of time; one that base lacks keeps its place between its neighbours
     */
    static List<Line> of(List<Line> base, List<Line> more) {
        return new SequenceAlignment(base, more).walk();
    }

    private List<Line> walk() {
        List<Line> events = new ArrayList<>(base.size() + more.size());
        int i = 0;
        int j = 0;
        int baseFrom = 0;
        int moreFrom = 0;
        while (i < base.size() && j < more.size()) {
            long match = match(i, j);
            if (match >= 0 && best[i][j] == match + best[i + 1][j + 1]) {
                weave(
                        events,
                        base.subList(baseFrom, i),
                        more.subList(moreFrom, j),
                        base.get(i).at());
                events.add(base.get(i).completedBy(more.get(j)));
                baseFrom = ++i;
                moreFrom = ++j;
            } else if (best[i][j] == best[i + 1][j]) {
                i++;
            } else {
                j++;
            }
        }
        weave(events, base.subList(baseFrom, base.size()), more.subList(moreFrom, more.size()), Instant.MAX);
        return events;
    }

    /** Adds the lines that only one path has, between two events of both. */
    private static void weave(List<Line> events, List<Line> base, List<Line> more, Instant until) {
        Instant from =
                events.isEmpty() ? Instant.MIN : events.get(events.size() - 1).at();
        int i = 0;
        for (Line line : more) {
            Instant at = line.at().isBefore(from) ? from : line.at().isAfter(until) ? until : line.at();
            while (i < base.size() && !base.get(i).at().isAfter(at)) {
                events.add(base.get(i++));
            }
            events.add(at.equals(line.at()) ? line : line.at(at));
        }
        events.addAll(base.subList(i, base.size()));
    }

    /** The score of taking both for one event; negative if they cannot be one. */
    private long match(int i, int j) {
        Line one = base.get(i);
        Line other = more.get(j);
        return isSame(one, other) ? MATCH - apart(one, other).toMillis() : -1;
    }

    private static boolean isSame(Line one, Line other) {
        return apart(one, other).compareTo(Tolerances.SKEW) <= 0
                && Line.sameProcess(one.pid(), other.pid())
                && MessageEquivalence.same(one.message(), other.message());
    }

    /** The least time between them. */
    private static Duration apart(Line one, Line other) {
        Duration gap = Duration.between(latest(one), earliest(other));
        if (gap.isNegative()) {
            gap = Duration.between(latest(other), earliest(one));
        }
        return gap.isNegative() ? Duration.ZERO : gap;
    }

    private static Instant earliest(Line line) {
        return line.precision().earliest(line.at());
    }

    private static Instant latest(Line line) {
        return line.precision().latest(line.at());
    }
}
