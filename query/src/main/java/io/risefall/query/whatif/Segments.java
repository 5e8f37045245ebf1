package io.risefall.query.whatif;

import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The check lines of one server, cut where its process changed, or where checks or lines were interrupted. */
final class Segments {
    private Segments() {}

    /**
     * A time without checks, or without lines.
     *
     * @param to null: it lasts
     */
    record Break(Instant from, @Nullable Instant to, boolean maintenance) {
        static Break of(SqlQuery.Row row) throws SQLException {
            return new Break(
                    row.at("from_us"), row.atOrNull("to_us"), row.text("why").equals("maintenance"));
        }

        boolean contains(Instant at) {
            return !at.isBefore(from) && (to == null || at.isBefore(to));
        }
    }

    /**
     * @param lines in order of time
     * @param until when the log ends
     */
    static List<Segment> of(List<LoggedCheck> lines, List<Break> breaks, Instant until) {
        List<Break> inOrder =
                breaks.stream().sorted(Comparator.comparing(Break::from)).toList();
        List<Segment> segments = new ArrayList<>();
        List<LoggedCheck> current = new ArrayList<>();
        Segment.Begin begin = Segment.Begin.PROCESS;
        for (LoggedCheck line : lines) {
            if (inOrder.stream().anyMatch(one -> one.contains(line.at()))) {
                continue;
            }
            LoggedCheck before = current.isEmpty() ? null : current.get(current.size() - 1);
            if (before != null) {
                Break between = between(inOrder, before.at(), line.at());
                boolean sameProcess = line.isOfProcess(before);
                if (between != null || !sameProcess) {
                    segments.add(new Segment(
                            List.copyOf(current),
                            begin,
                            between == null ? line.at() : between.from(),
                            between != null));
                    current.clear();
                    begin = !sameProcess ? Segment.Begin.PROCESS : begin(between);
                }
            }
            current.add(line);
        }
        if (!current.isEmpty()) {
            Break after = between(inOrder, current.get(current.size() - 1).at(), until);
            segments.add(new Segment(List.copyOf(current), begin, after == null ? until : after.from(), true));
        }
        return segments;
    }

    private static Segment.Begin begin(@Nullable Break between) {
        return between != null && between.maintenance() ? Segment.Begin.MAINTENANCE : Segment.Begin.UNKNOWN;
    }

    /** The first one that begins between two moments; an absence counts before maintenance. */
    private static @Nullable Break between(List<Break> breaks, Instant from, Instant to) {
        return breaks.stream()
                .filter(one -> !one.from().isBefore(from) && one.from().isBefore(to))
                .min(Comparator.comparing(Break::maintenance).thenComparing(Break::from))
                .orElse(null);
    }
}
