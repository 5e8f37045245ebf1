package io.risefall.query.report;

import io.risefall.query.report.Explanation.Fact;
import io.risefall.query.report.Explanation.Part;
import io.risefall.query.report.Explanation.Sum;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains a stretch in which a backend had no server. */
final class ExplainedBackend {
    private static final Question BACKEND = new Question("explain/backend_outage.sql");

    private final Connection views;
    private final ZoneId zone;

    ExplainedBackend(Connection views, ZoneId zone) {
        this.views = views;
        this.zone = zone;
    }

    /**
     * The row.
     *
     * @param until when it ended; of an open one, until when the log tells
     */
    record Told(
            String node,
            String proxy,
            Instant started,
            @Nullable Instant ended,
            Instant until,
            long durationMs) {
        static Told read(Question.Row row) throws SQLException {
            return new Told(
                    row.text("node"),
                    row.text("proxy"),
                    row.at("started_us"),
                    row.atOrNull("ended_us"),
                    row.at("until_us"),
                    row.number("duration_ms"));
        }
    }

    Explanation explain(String id) throws SQLException {
        Told told = BACKEND.ask(views, Told::read, id).get(0);
        long millis = Math.max(0, told.until.toEpochMilli() - told.started.toEpochMilli());
        return new Explanation(
                Explanation.FORMAT,
                id,
                "Outage " + id + " of the whole backend " + told.proxy + " on " + told.node,
                zone.getId(),
                List.of(
                        new Fact("backend", told.proxy + " on " + told.node),
                        new Fact("started_at", LocalTimes.exact(told.started, zone)),
                        new Fact("ended_at", told.ended == null ? "not yet" : LocalTimes.exact(told.ended, zone)),
                        new Fact("duration_ms", told.durationMs + " (" + Durations.words(told.durationMs) + ")")),
                List.of(new Sum(
                        "duration_ms",
                        (told.ended == null ? "known until " : "ended_at ") + LocalTimes.toMillis(told.until, zone)
                                + " - started_at " + LocalTimes.toMillis(told.started, zone) + " = " + millis + " ms",
                        millis,
                        told.durationMs)),
                List.of(begin(told), end(told)),
                List.of());
    }

    private Part begin(Told told) throws SQLException {
        // No server has an empty name: only what is said of the backend as a whole.
        LinesAsked.Where where = new LinesAsked.Where(
                told.node, told.proxy, "", told.started.minus(Heard.APART), told.started.plus(Heard.APART));
        List<Heard> said = LinesAsked.of(views, List.of(where)).get(0).lines().stream()
                .filter(one -> one.kind().equals("backend-empty"))
                .toList();
        List<LogLine> lines = new ArrayList<>();
        for (Heard one : said) {
            Heard original = one.original(said);
            lines.add(
                    one.again()
                            ? one.as(false, "a repeat of " + original.place() + ": counts once")
                            : one.as(
                                    one.isAt(told.started),
                                    one.isAt(told.started) ? "its last server is gone: started_at" : "said meanwhile"));
        }
        for (Heard one :
                LinesAsked.at(views, told.node, List.of(told.started)).get(0).lines()) {
            if (one.isSwitch() && one.proxy().equals(told.proxy)) {
                lines.add(one.as(true, "the server that went last"));
            }
        }
        lines.sort(Comparator.comparing(LogLine::at));
        return new Part("How it began", List.of(), lines, 0);
    }

    private Part end(Told told) throws SQLException {
        if (told.ended == null) {
            return new Part(
                    "How it ended",
                    List.of("no line says its end: it lasts as far as the log tells, until "
                            + LocalTimes.exact(told.until, zone)),
                    List.of(),
                    0);
        }
        List<LogLine> lines = new ArrayList<>();
        List<Heard> said =
                LinesAsked.at(views, told.node, List.of(told.ended)).get(0).lines();
        for (Heard one : said) {
            if (one.isSwitch() && one.proxy().equals(told.proxy)) {
                Heard original = one.original(said);
                lines.add(
                        one.again()
                                ? one.as(false, "a repeat of " + original.place() + ": counts once")
                                : one.as(true, "shows that the backend has a server again: ended_at"));
            }
        }
        if (!lines.isEmpty()) {
            return new Part("How it ended", List.of(), lines, 0);
        }
        for (Heard one : said) {
            if (!one.again()) {
                lines.add(one.as(true, "first line of a new process (pid " + one.pid() + "): ended_at"));
            }
        }
        return new Part(
                "How it ended",
                List.of("inferred: a reload began with all servers up; a later line showed that"),
                lines,
                0);
    }
}
