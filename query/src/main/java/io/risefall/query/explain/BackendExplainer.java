package io.risefall.query.explain;

import io.risefall.query.explain.line.EventLookup;
import io.risefall.query.explain.line.EventRow;
import io.risefall.query.explain.line.ProcessStart;
import io.risefall.query.explain.model.Explanation;
import io.risefall.query.explain.model.Explanation.Fact;
import io.risefall.query.explain.model.Explanation.Part;
import io.risefall.query.explain.model.Explanation.Sum;
import io.risefall.query.explain.model.LogLine;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import io.risefall.query.time.Millis;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains a stretch in which a backend had no server. */
public final class BackendExplainer {
    private static final SqlQuery BACKEND = new SqlQuery("report/explain/backend_outage.sql");

    private final Connection views;
    private final ZoneId zone;

    public BackendExplainer(Connection views, ZoneId zone) {
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
        static Told read(SqlQuery.Row row) throws SQLException {
            return new Told(
                    row.text("node"),
                    row.text("proxy"),
                    row.at("started_us"),
                    row.atOrNull("ended_us"),
                    row.at("until_us"),
                    row.number("duration_ms"));
        }
    }

    public Explanation explain(String id) throws SQLException {
        Told told = BACKEND.query(views, Told::read, id).get(0);
        long millis = Math.max(0, Millis.between(told.started, told.until));
        return new Explanation(
                Explanation.FORMAT,
                id,
                "Outage " + id + " of the whole backend " + told.proxy + " on " + told.node,
                zone.getId(),
                List.of(
                        new Fact("backend", told.proxy + " on " + told.node),
                        new Fact("started_at", LocalTimes.exact(told.started, zone)),
                        new Fact("ended_at", told.ended == null ? "not yet" : LocalTimes.exact(told.ended, zone)),
                        new Fact("duration_ms", told.durationMs + " (" + Durations.text(told.durationMs) + ")")),
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
        List<EventRow> near = near(told, told.started);
        List<EventRow> kept = new ArrayList<>();
        List<LogLine> lines = new ArrayList<>();
        for (EventRow one : near) {
            boolean emptied = one.kind().equals("backend-empty") && one.isAt(told.started);
            boolean went = one.switchText().contains(" 0 active and 0 backup servers left");
            if (!one.duplicate() && (emptied || went)) {
                kept.add(one);
                lines.add(one.toLogLine(
                        emptied, emptied ? "no server is left: started_at" : "the last server goes down"));
            }
        }
        return new Part("How it began", List.of(), EventRow.withRepeats(kept, lines, near), 0);
    }

    private Part end(Told told) throws SQLException {
        if (told.ended == null) {
            return new Part(
                    "How it ended",
                    List.of("no line shows its end: it lasts as far as the log goes, until "
                            + LocalTimes.exact(told.until, zone)),
                    List.of(),
                    0);
        }
        List<EventRow> near = near(told, told.ended);
        List<EventRow> kept = near.stream()
                .filter(one -> !one.duplicate() && one.isSwitch() && one.isAt(told.ended))
                .toList();
        if (!kept.isEmpty()) {
            List<LogLine> lines = kept.stream()
                    .map(one -> one.toLogLine(true, "shows that the backend has a server again: ended_at"))
                    .toList();
            return new Part("How it ended", List.of(), EventRow.withRepeats(kept, lines, near), 0);
        }
        List<String> words = new ArrayList<>(
                List.of("inferred: a new process starts with all servers up, and a later line confirms it"));
        List<LogLine> lines = new ArrayList<>();
        for (ProcessStart process : EventLookup.processes(views, told.node, told.ended, told.ended)) {
            if (process.line() == null) {
                words.add(process.inWords(zone));
            } else {
                lines.add(process.line()
                        .toLogLine(true, "first line of a new process (pid " + process.pid() + "): ended_at"));
            }
        }
        return new Part("How it ended", words, lines, 0);
    }

    private List<EventRow> near(Told told, Instant at) throws SQLException {
        EventLookup.ServerRange where = new EventLookup.ServerRange(
                told.node, told.proxy, EventLookup.ALL, at.minus(EventRow.APART), at.plus(EventRow.APART));
        return EventLookup.of(views, List.of(where)).get(0).lines();
    }
}
