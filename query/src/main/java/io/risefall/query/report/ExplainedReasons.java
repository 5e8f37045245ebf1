package io.risefall.query.report;

import io.risefall.query.QueryException;
import io.risefall.query.report.Explanation.Fact;
import io.risefall.query.report.Explanation.Part;
import io.risefall.query.report.Explanation.Sum;
import io.risefall.schemas.CheckStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Explains counts of failed checks: the check lines, and where checks are not logged the DOWN lines, that were counted. */
final class ExplainedReasons {
    private static final Question REASONS = new Question("explain/reasons.sql");
    private static final Question FAILURES = new Question("explain/failures.sql");
    private static final Question DOWNS = new Question("explain/downs.sql");
    private static final int SHOWN = 50;

    private final Connection views;
    private final ZoneId zone;

    ExplainedReasons(Connection views, ZoneId zone) {
        this.views = views;
        this.zone = zone;
    }

    private record Told(
            long cells, long failures, long downs, @Nullable Long slowest) {}

    private record Counted(long ofAll, @Nullable Long slowest, Heard line) {}

    Explanation explain(Asked.Reasons asked) throws SQLException {
        Told told = REASONS.ask(
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
            throw new QueryException("reasons_hour has no failed check " + Printable.of(what(asked)) + " from "
                    + LocalTimes.exact(asked.from(), zone) + " to " + LocalTimes.exact(asked.to(), zone)
                    + "; risefall query \"from reasons_hour order by hour\" has those that are there");
        }
        return new Explanation(
                Explanation.FORMAT,
                asked.words(),
                "Failed checks " + what(asked) + ": " + asked.column(),
                zone.getId(),
                List.of(
                        new Fact(
                                "hours",
                                LocalTimes.exact(asked.from(), zone) + " to " + LocalTimes.exact(asked.to(), zone)),
                        new Fact("failures", String.valueOf(told.failures)),
                        new Fact("downs", String.valueOf(told.downs)),
                        new Fact("max_duration_ms", told.slowest == null ? "none said" : told.slowest.toString())),
                List.of(sum(asked, told)),
                parts(asked),
                List.of());
    }

    private Sum sum(Asked.Reasons asked, Told told) throws SQLException {
        if (asked.column().equals("downs")) {
            long downs = downs(asked).size();
            return new Sum("downs", "outages below = " + downs, downs, told.downs);
        }
        List<Counted> counted = failures(asked);
        long all = counted.isEmpty() ? 0 : counted.get(0).ofAll;
        if (asked.column().equals("failures")) {
            return new Sum("failures", "lines below that are no repeats = " + all, all, told.failures);
        }
        Long slowest = counted.isEmpty() ? null : counted.get(0).slowest;
        return new Sum(
                "max_duration_ms",
                slowest == null
                        ? "no line says a duration"
                        : "the longest check duration of " + all + " lines = " + slowest,
                slowest,
                told.slowest);
    }

    private List<Part> parts(Asked.Reasons asked) throws SQLException {
        List<Part> parts = new ArrayList<>();
        if (asked.column().equals("downs")) {
            ExplainedOutage explained = new ExplainedOutage(views, zone);
            List<ToldOutage> downs = downs(asked);
            for (ToldOutage outage : downs.subList(0, Math.min(SHOWN, downs.size()))) {
                parts.add(explained.brief(outage));
            }
            if (downs.size() > SHOWN) {
                parts.add(new Part(
                        Verdicts.grouped(downs.size() - SHOWN) + " more",
                        List.of("ask for one server or hour to see them"),
                        List.of(),
                        0));
            }
            return parts;
        }
        List<Counted> counted = failures(asked);
        long all = counted.isEmpty() ? 0 : counted.get(0).ofAll;
        boolean slowest = asked.column().equals("max_duration_ms");
        List<LogLine> lines = counted.stream()
                .filter(one -> !slowest || Objects.equals(one.slowest, one.line.durationMs()))
                .map(one -> one.line.as(true, why(one.line)))
                .toList();
        parts.add(new Part(
                slowest ? "The slowest" : "The failed checks", List.of(), lines, slowest ? 0 : all - counted.size()));
        return parts;
    }

    private static String why(Heard line) {
        return line.isCheck()
                ? "failed check" + (line.status().isEmpty() ? "" : " (" + line.status() + ")")
                : "DOWN line with its reason: the one failed check that is logged";
    }

    private List<Counted> failures(Asked.Reasons asked) throws SQLException {
        return FAILURES.ask(
                views,
                row -> new Counted(row.number("of_all"), row.numberOrNull("slowest"), Heard.read(row)),
                asked.from(),
                asked.to(),
                orNothing(asked.node()),
                orNothing(asked.proxy()),
                orNothing(asked.server()),
                orNothing(asked.reason()),
                inWords(asked.reason()),
                code(asked));
    }

    private List<ToldOutage> downs(Asked.Reasons asked) throws SQLException {
        return DOWNS.ask(
                views,
                ToldOutage::read,
                asked.from(),
                asked.to(),
                orNothing(asked.node()),
                orNothing(asked.proxy()),
                orNothing(asked.server()),
                orNothing(asked.reason()),
                code(asked));
    }

    private static String what(Asked.Reasons asked) {
        return (asked.server() == null ? "of all servers" : "of " + asked.proxy() + "/" + asked.server())
                + (asked.node() == null ? "" : " on " + asked.node())
                + (asked.reason() == null ? "" : ", " + asked.reason())
                + (asked.code() == null ? "" : " " + asked.code());
    }

    private static String orNothing(@Nullable String word) {
        return word == null ? "" : word;
    }

    private static String code(Asked.Reasons asked) {
        return asked.code() == null ? "" : asked.code().toString();
    }

    private static String inWords(@Nullable String reason) {
        return Arrays.stream(CheckStatus.values())
                .filter(status -> status.name().equals(reason))
                .map(CheckStatus::text)
                .findFirst()
                .orElse("");
    }
}
