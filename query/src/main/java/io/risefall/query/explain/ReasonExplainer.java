package io.risefall.query.explain;

import io.risefall.query.explain.line.EventRow;
import io.risefall.query.explain.line.OutageRow;
import io.risefall.query.explain.model.Explanation;
import io.risefall.query.explain.model.Explanation.Fact;
import io.risefall.query.explain.model.Explanation.Part;
import io.risefall.query.explain.model.Explanation.Sum;
import io.risefall.query.explain.model.LogLine;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Counts;
import io.risefall.query.text.Printable;
import io.risefall.query.time.LocalTimes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains counts of failed checks: the check lines, and where checks are not logged the DOWN lines, that were counted. */
public final class ReasonExplainer {
    private static final SqlQuery REASONS = new SqlQuery("report/explain/reasons.sql");
    private static final SqlQuery FAILURES = new SqlQuery("report/explain/failures.sql");
    private static final SqlQuery DOWNS = new SqlQuery("report/explain/downs.sql");
    private static final int SHOWN = 50;

    private final Connection views;
    private final ZoneId zone;

    public ReasonExplainer(Connection views, ZoneId zone) {
        this.views = views;
        this.zone = zone;
    }

    private record Told(
            long cells, long failures, long downs, @Nullable Long slowest) {}

    /**
     * A line that was counted.
     *
     * @param ofAll how many lines were recorded
     * @param leftOut how many more were counted
     */
    private record Counted(
            long ofAll, long leftOut, @Nullable Long slowest, EventRow line) {
        long all() {
            return ofAll + leftOut;
        }
    }

    public Explanation explain(ExplainTarget.Reasons asked) throws SQLException {
        Told told = REASONS.query(
                        views,
                        row -> new Told(
                                row.number("cells"),
                                row.number("failures"),
                                row.number("downs"),
                                row.numberOrNull("max_duration_ms")),
                        asked.from(),
                        asked.to(),
                        orNothing(asked.node()),
                        orNothing(asked.proxy()),
                        orNothing(asked.server()),
                        orNothing(asked.reason()),
                        code(asked))
                .get(0);
        if (told.cells == 0) {
            throw new QueryException("reasons_hour has no failed checks " + Printable.of(what(asked)) + " from "
                    + LocalTimes.exact(asked.from(), zone) + " to " + LocalTimes.exact(asked.to(), zone)
                    + "; to list those that exist: risefall query \"from reasons_hour order by hour\"");
        }
        List<Fact> facts = List.of(
                new Fact("hours", LocalTimes.exact(asked.from(), zone) + " to " + LocalTimes.exact(asked.to(), zone)),
                new Fact("failures", String.valueOf(told.failures)),
                new Fact("downs", String.valueOf(told.downs)),
                new Fact("max_duration_ms", told.slowest == null ? "not logged" : told.slowest.toString()));
        Sum sum;
        List<Part> parts;
        if (asked.column().equals("downs")) {
            List<OutageRow> downs = downs(asked);
            sum = new Sum("downs", "outages below = " + downs.size(), (long) downs.size(), told.downs);
            parts = parts(downs);
        } else {
            List<Counted> counted = failures(asked);
            boolean slowest = asked.column().equals("max_duration_ms");
            sum = slowest ? slowest(counted, told) : failures(counted, told);
            parts = List.of(slowest ? slowest(counted) : all(counted));
        }
        return new Explanation(
                Explanation.FORMAT,
                asked.words(),
                "Failed checks " + what(asked) + ": " + asked.column(),
                zone.getId(),
                facts,
                List.of(sum),
                parts,
                List.of());
    }

    private static Sum failures(List<Counted> counted, Told told) {
        long all = counted.isEmpty() ? 0 : counted.get(0).all();
        long leftOut = counted.isEmpty() ? 0 : counted.get(0).leftOut;
        return new Sum(
                "failures",
                leftOut == 0
                        ? "lines below, without repeats = " + all
                        : "lines below, without repeats, and " + leftOut + " that are not recorded one by one = " + all,
                all,
                told.failures);
    }

    private static Sum slowest(List<Counted> counted, Told told) {
        Long slowest = counted.isEmpty() ? null : counted.get(0).slowest;
        return new Sum(
                "max_duration_ms",
                slowest == null
                        ? "no line has a duration"
                        : "the longest check duration of " + counted.get(0).all() + " lines = " + slowest,
                slowest,
                told.slowest);
    }

    private static Part all(List<Counted> counted) {
        long notShown = counted.isEmpty() ? 0 : counted.get(0).all() - counted.size();
        return new Part("The failed checks", List.of(), lines(counted), notShown);
    }

    private static Part slowest(List<Counted> counted) {
        List<Counted> longest = counted.stream()
                .filter(one -> one.slowest != null && one.slowest.equals(one.line.durationMs()))
                .toList();
        return new Part("The slowest", List.of(), lines(longest), 0);
    }

    private static List<LogLine> lines(List<Counted> counted) {
        return counted.stream()
                .map(one -> one.line.toLogLine(true, why(one.line)))
                .toList();
    }

    private List<Part> parts(List<OutageRow> downs) throws SQLException {
        List<Part> parts = new ArrayList<>(
                new OutageExplainer(views, zone).inOrder(downs.subList(0, Math.min(SHOWN, downs.size()))));
        if (downs.size() > SHOWN) {
            parts.add(new Part(
                    Counts.grouped(downs.size() - SHOWN) + " more",
                    List.of("ask for one server or hour to see them"),
                    List.of(),
                    0));
        }
        return parts;
    }

    /** What a line is that was counted as a failed check. */
    static String why(EventRow line) {
        return line.isCheck()
                ? "failed check" + (line.status().isEmpty() ? "" : " (" + line.status() + ")")
                : "DOWN line with its reason: the only failed check in the log";
    }

    private List<Counted> failures(ExplainTarget.Reasons asked) throws SQLException {
        return FAILURES.query(
                views,
                row -> new Counted(
                        row.number("of_all"), row.number("left_out"), row.numberOrNull("slowest"), EventRow.read(row)),
                asked.from(),
                asked.to(),
                orNothing(asked.node()),
                orNothing(asked.proxy()),
                orNothing(asked.server()),
                orNothing(asked.reason()),
                code(asked));
    }

    private List<OutageRow> downs(ExplainTarget.Reasons asked) throws SQLException {
        return DOWNS.query(
                views,
                OutageRow::read,
                asked.from(),
                asked.to(),
                orNothing(asked.node()),
                orNothing(asked.proxy()),
                orNothing(asked.server()),
                orNothing(asked.reason()),
                code(asked));
    }

    private static String what(ExplainTarget.Reasons asked) {
        return (asked.server() == null ? "of all servers" : "of " + asked.proxy() + "/" + asked.server())
                + (asked.node() == null ? "" : " on " + asked.node())
                + (asked.reason() == null ? "" : ", " + asked.reason())
                + (asked.code() == null
                        ? ""
                        : asked.code().equals(ExplainTarget.WITHOUT) ? " without a code" : " " + asked.code());
    }

    private static String orNothing(@Nullable String word) {
        return word == null ? "" : word;
    }

    private static String code(ExplainTarget.Reasons asked) {
        return orNothing(asked.code());
    }
}
