package io.risefall.query.whatif;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often one process checks one server, as far as its lines show it. Each check of a run, in which lives are lost or won
 * back, has a line: two of them are exactly one interval apart ({@code fastinter}, else {@code inter}). Between two lines
 * with other checks in between there is at least one interval ({@code downinter} or {@code inter}), so the shortest such
 * time is no shorter than that.
 *
 * @param shortest the shortest time between two checks of a run; null: no run has two
 * @param longest the longest
 * @param whileUp no interval of a server with all its lives is longer; null: not known
 * @param whileDown no interval of a server that is down is longer; null: not known
 * @param resolution of the timestamps
 * @param given no interval is longer, as the operator knows it; null: not given
 */
record Spacing(
        @Nullable Duration shortest,
        @Nullable Duration longest,
        @Nullable Duration whileUp,
        @Nullable Duration whileDown,
        Duration resolution,
        @Nullable Duration given) {
    private static final Duration WHOLE_SECOND = Duration.ofSeconds(1);

    /**
     * @param lines of one process about one server
     * @param given no interval is longer, as the operator knows it; null: not given
     */
    static Spacing of(List<LoggedCheck> lines, @Nullable Duration given) {
        Spacing spacing = new Spacing(null, null, given, given, resolution(lines), given);
        for (int i = 1; i < lines.size(); i++) {
            LoggedCheck before = lines.get(i - 1);
            LoggedCheck line = lines.get(i);
            if (!line.follows(before)) {
                continue;
            }
            Duration gap = Duration.between(before.at(), line.at());
            Duration withoutCheck = gap.plus(spacing.resolution).minusMillis(line.durationMs());
            if (before.isFull()) {
                spacing = spacing.whileUpAtMost(withoutCheck);
            } else if (before.isEmpty()) {
                spacing = spacing.whileDownAtMost(withoutCheck);
            } else {
                spacing = spacing.withRun(gap);
            }
        }
        return spacing;
    }

    private static Duration resolution(List<LoggedCheck> lines) {
        return lines.stream().allMatch(line -> line.at().equals(line.at().truncatedTo(ChronoUnit.SECONDS)))
                ? WHOLE_SECOND
                : Duration.ZERO;
    }

    /** The same, with the time between two checks of a run. */
    Spacing withRun(Duration gap) {
        return new Spacing(
                shortest == null || gap.compareTo(shortest) < 0 ? gap : shortest,
                longest == null || gap.compareTo(longest) > 0 ? gap : longest,
                whileUp,
                whileDown,
                resolution,
                given);
    }

    /** The same with no run. */
    Spacing withoutRuns() {
        return new Spacing(null, null, whileUp, whileDown, resolution, given);
    }

    /** The same with the runs of {@code other} where this one has none. */
    Spacing orRunsOf(Spacing other) {
        return shortest != null
                ? this
                : new Spacing(other.shortest, other.longest, whileUp, whileDown, resolution, given);
    }

    private Spacing whileUpAtMost(Duration most) {
        return new Spacing(shortest, longest, least(whileUp, most), whileDown, resolution, given);
    }

    private Spacing whileDownAtMost(Duration most) {
        return new Spacing(shortest, longest, whileUp, least(whileDown, most), resolution, given);
    }

    private static Duration least(@Nullable Duration one, Duration other) {
        return one == null || other.compareTo(one) < 0 ? other : one;
    }

    /** When so many more checks of a run have been made; null where nothing shows how often. */
    @Nullable TimeRange after(Instant begin, int checks) {
        if (shortest == null || longest == null) {
            return given == null
                    ? null
                    : new TimeRange(
                            begin, begin.plus(given.multipliedBy(checks)).plus(resolution));
        }
        return new TimeRange(
                begin.plus(shortest.multipliedBy(checks)).minus(resolution),
                begin.plus(longest.multipliedBy(checks)).plus(resolution));
    }

    /** Within so little two checks are one and the same: a quarter of an interval. */
    Duration slack() {
        return shortest == null ? Duration.ZERO : shortest.dividedBy(4);
    }
}
