package io.risefall.query.explain;

import io.risefall.query.explain.line.EventLookup;
import io.risefall.query.explain.line.EventRow;
import io.risefall.query.explain.line.EvidenceLookup;
import io.risefall.query.explain.line.EvidenceRow;
import io.risefall.query.explain.model.Explanation;
import io.risefall.query.explain.model.Explanation.Fact;
import io.risefall.query.explain.model.Explanation.Part;
import io.risefall.query.explain.model.Explanation.Sum;
import io.risefall.query.explain.model.LogLine;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import io.risefall.query.time.Millis;
import io.risefall.schemas.state.BackendOutage;
import io.risefall.schemas.state.Evidence.Role;
import io.risefall.schemas.state.Evidence.Rule;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Explains a stretch in which a backend had no server. */
public final class BackendExplainer {
    private static final SqlQuery BACKENDS = new SqlQuery("report/explain/backend_outages.sql");

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
            String id,
            String node,
            String proxy,
            Instant started,
            @Nullable Instant ended,
            Instant until,
            long durationMs) {
        static Told read(SqlQuery.Row row) throws SQLException {
            return new Told(
                    row.text("backend_outage_id"),
                    row.text("node"),
                    row.text("proxy"),
                    row.at("started_us"),
                    row.atOrNull("ended_us"),
                    row.at("until_us"),
                    row.number("duration_ms"));
        }

        String recordKey() {
            return new BackendOutage(node, proxy, started, ended).key();
        }

        /** Where to look for the lines of its begin, or of its end. */
        EventLookup.ServerRange around(Instant at) {
            return new EventLookup.ServerRange(
                    node, proxy, EventLookup.ALL, at.minus(EventRow.APART), at.plus(EventRow.APART));
        }
    }

    /** The lines that were logged about it when it began, and when it ended. */
    private record Near(List<EventRow> begin, List<EventRow> end) {}

    Explanation explain(String id) throws SQLException {
        return Objects.requireNonNull(explain(List.of(id)).get(id));
    }

    /** Several of them at once, by id. */
    public Map<String, Explanation> explain(List<String> ids) throws SQLException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        List<Told> all = BACKENDS.query(views, Told::read, ids);
        Map<String, String> nodes = new HashMap<>();
        all.forEach(told -> nodes.put(told.recordKey(), told.node));
        EvidenceLookup evidence = EvidenceLookup.of(views, nodes);
        List<EventLookup.Matches> near = EventLookup.of(
                views,
                all.stream()
                        .flatMap(told -> Stream.of(told.around(told.started), told.around(told.until)))
                        .toList());
        Map<String, Explanation> explained = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Told told = all.get(i);
            explained.put(
                    told.id,
                    explanation(
                            told,
                            evidence.of(told.recordKey()),
                            new Near(
                                    near.get(2 * i).lines(), near.get(2 * i + 1).lines())));
        }
        return explained;
    }

    private Explanation explanation(Told told, List<EvidenceRow> evidence, Near near) {
        long millis = Math.max(0, Millis.between(told.started, told.until));
        return new Explanation(
                Explanation.FORMAT,
                told.id,
                "Outage " + told.id + " of the whole backend " + told.proxy + " on " + told.node,
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
                List.of(begin(evidence, near.begin), end(told, evidence, near.end)),
                List.of());
    }

    private static Part begin(List<EvidenceRow> evidence, List<EventRow> near) {
        List<EventRow> kept = new ArrayList<>();
        List<LogLine> lines = new ArrayList<>();
        near.stream().filter(one -> !one.duplicate() && one.leavesNone()).forEach(one -> {
            kept.add(one);
            lines.add(one.toLogLine(false, "the last server goes down"));
        });
        for (EvidenceRow one : evidence) {
            if (one.role() == Role.OPENED && one.line() != null) {
                kept.add(one.line());
                lines.add(one.line().toLogLine(true, "no server is left: started_at"));
            }
        }
        return new Part(
                "How it began",
                evidence.isEmpty() ? List.of("its lines are not recorded: an older Risefall wrote it") : List.of(),
                EventRow.withRepeats(kept, lines, near),
                0);
    }

    private Part end(Told told, List<EvidenceRow> evidence, List<EventRow> near) {
        if (told.ended == null) {
            return new Part(
                    "How it ended",
                    List.of("no line shows its end: it lasts as far as the log goes, until "
                            + LocalTimes.exact(told.until, zone)),
                    List.of(),
                    0);
        }
        List<EventRow> kept = new ArrayList<>();
        List<LogLine> lines = new ArrayList<>();
        List<String> words = new ArrayList<>();
        boolean closed = evidence.stream().anyMatch(one -> one.role() == Role.CLOSED);
        for (EvidenceRow one : evidence) {
            String why = closed ? null : inferredEnd(one, words);
            if (one.role() == Role.CLOSED) {
                why = "shows that the backend has a server again: ended_at";
            }
            if (why != null && one.line() != null) {
                kept.add(one.line());
                lines.add(one.line().toLogLine(true, why));
            }
        }
        return new Part("How it ended", words, EventRow.withRepeats(kept, lines, near), 0);
    }

    /** What a line is for an end that no line reports; null if it is nothing. */
    private @Nullable String inferredEnd(EvidenceRow one, List<String> words) {
        if (one.role() == Role.PROCESS_BEGAN) {
            words.add("inferred: a new process starts with all servers up, and a later line confirms it");
            if (one.line() == null) {
                words.add("the first line of the new process, at " + LocalTimes.exact(one.at(), zone)
                        + ", was traffic, which is not kept");
            }
            return "first line of a new process (pid "
                    + (one.line() == null ? null : one.line().pid()) + "): ended_at";
        }
        if (one.rule() == Rule.PROCESS_ENDED) {
            words.add("inferred: the process ended, and none took over");
            return "the process ended: ended_at";
        }
        if (one.rule() == Rule.EXPIRED) {
            words.add("inferred: nothing was logged about it for so long that it counts as removed");
        }
        return one.rule() == Rule.SERVERS_LEFT ? "leaves servers: the new process began with all of them" : null;
    }
}
