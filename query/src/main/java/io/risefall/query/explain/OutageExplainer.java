package io.risefall.query.explain;

import io.risefall.query.explain.line.EventLookup;
import io.risefall.query.explain.line.EvidenceLookup;
import io.risefall.query.explain.line.OutageLines;
import io.risefall.query.explain.line.OutageRow;
import io.risefall.query.explain.model.Explanation;
import io.risefall.query.explain.model.Explanation.Fact;
import io.risefall.query.explain.model.Explanation.Part;
import io.risefall.query.explain.model.Explanation.Sum;
import io.risefall.query.explain.model.LogLine;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import io.risefall.query.time.Millis;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Explains outages: their row, their arithmetic and their lines, those of the servers that they come from too. */
public final class OutageExplainer {
    private static final SqlQuery OUTAGES = new SqlQuery("report/explain/outages.sql");
    private static final SqlQuery TRACKED = new SqlQuery("report/explain/tracked.sql");

    private final Connection views;
    private final ZoneId zone;

    public OutageExplainer(Connection views, ZoneId zone) {
        this.views = views;
        this.zone = zone;
    }

    /** The outages of these ids, in order of time; those that are there. */
    public List<OutageRow> named(List<String> ids) throws SQLException {
        return ids.isEmpty() ? List.of() : OUTAGES.query(views, OutageRow::read, ids);
    }

    /** One outage with everything. */
    Explanation explain(String asked, OutageRow outage) throws SQLException {
        OutageLines lines = lines(outage);
        List<Part> parts = new ArrayList<>();
        parts.add(part("The lines of " + outage.name() + " on " + outage.node(), outage, lines));
        List<String> more = new ArrayList<>();
        for (OutageRow other : origins(outage)) {
            parts.add(part(
                    "The outage that caused it: " + other.id() + ", " + other.name() + " DOWN "
                            + span(other.started(), other.ended()),
                    other,
                    lines(other)));
            more.add(ExplainTarget.command(other.id()));
        }
        if (parts.size() == 1 && outage.via() != null) {
            parts.add(new Part(
                    "The outage that caused it",
                    List.of("the log has no outage of " + outage.via() + " at that time: the reason is not logged"),
                    List.of(),
                    0));
        }
        return new Explanation(
                Explanation.FORMAT,
                asked,
                "Outage " + outage.id() + " of " + outage.name() + " on " + outage.node(),
                zone.getId(),
                facts(outage, lines),
                List.of(duration(outage)),
                parts,
                more);
    }

    /** Several of them at once, each with its lines under its name and length, by id. */
    public Map<String, Part> briefs(List<OutageRow> outages) throws SQLException {
        List<EventLookup.Matches> found =
                EventLookup.of(views, outages.stream().map(OutageRow::where).toList());
        EvidenceLookup evidence = evidence(outages);
        Map<String, Part> parts = new HashMap<>();
        for (int i = 0; i < outages.size(); i++) {
            OutageRow outage = outages.get(i);
            OutageLines lines = new OutageLines(outage, found.get(i), evidence.of(outage.recordKey()));
            parts.put(outage.id(), part(brieflyNamed(outage), outage, lines));
        }
        return parts;
    }

    /** The lines of several outages, and after them those of the outages that they come from, by id. */
    public Map<String, List<LogLine>> linesOf(List<String> ids) throws SQLException {
        List<OutageRow> outages = named(ids);
        if (outages.isEmpty()) {
            return Map.of();
        }
        Map<String, Part> own = briefs(outages);
        Map<String, List<LogLine>> lines = new HashMap<>();
        for (OutageRow outage : outages) {
            List<LogLine> all = new ArrayList<>(own.get(outage.id()).lines());
            for (OutageRow origin : origins(outage)) {
                all.addAll(lines(origin).lines());
            }
            lines.put(outage.id(), all);
        }
        return lines;
    }

    /** As {@link #briefs}, in the order of the outages. */
    List<Part> inOrder(List<OutageRow> outages) throws SQLException {
        Map<String, Part> parts = briefs(outages);
        return outages.stream().map(outage -> parts.get(outage.id())).toList();
    }

    private EvidenceLookup evidence(List<OutageRow> outages) throws SQLException {
        Map<String, String> nodes = new HashMap<>();
        outages.forEach(outage -> nodes.put(outage.recordKey(), outage.node()));
        return EvidenceLookup.of(views, nodes);
    }

    private String brieflyNamed(OutageRow outage) {
        return "Outage " + outage.id() + ": " + outage.name() + " on " + outage.node() + " DOWN "
                + span(outage.started(), outage.ended()) + " = " + outage.durationMs() + " ms, "
                + outage.reasonText();
    }

    private Part part(String title, OutageRow outage, OutageLines lines) {
        List<String> words = new ArrayList<>();
        if (outage.ended() == null) {
            words.add("no line shows its end: it lasts as far as the log goes, until "
                    + LocalTimes.exact(outage.until(), zone));
        }
        lines.doubts().forEach(doubt -> words.add("inferred: " + doubt));
        words.addAll(lines.withoutLine(zone));
        List<LogLine> told = lines.lines();
        if (told.isEmpty()) {
            words.add("none of its lines is in the warehouse");
        }
        return new Part(title, words, told, lines.notShown());
    }

    private OutageLines lines(OutageRow outage) throws SQLException {
        List<EventLookup.Matches> found = EventLookup.of(views, List.of(outage.where()));
        return new OutageLines(outage, found.get(0), evidence(List.of(outage)).of(outage.recordKey()));
    }

    /** The outages of the servers that it tracks, the nearest first. */
    private List<OutageRow> origins(OutageRow outage) throws SQLException {
        List<OutageRow> origins = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(outage.id()));
        OutageRow at = outage;
        while (at.via() != null) {
            Optional<OutageRow> next = tracked(at);
            if (next.isEmpty() || !seen.add(next.get().id())) {
                break;
            }
            origins.add(next.get());
            at = next.get();
        }
        return origins;
    }

    private Optional<OutageRow> tracked(OutageRow outage) throws SQLException {
        int slash = outage.via().indexOf('/');
        return TRACKED
                .query(
                        views,
                        OutageRow::read,
                        outage.node(),
                        outage.via().substring(0, slash),
                        outage.via().substring(slash + 1),
                        outage.started())
                .stream()
                .max(Comparator.comparing(OutageRow::started));
    }

    private List<Fact> facts(OutageRow outage, OutageLines lines) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("server", outage.name() + (outage.backup() ? " (backup)" : "") + " on " + outage.node()));
        facts.add(new Fact("started_at", LocalTimes.exact(outage.started(), zone)));
        facts.add(new Fact("ended_at", outage.ended() == null ? "not yet" : LocalTimes.exact(outage.ended(), zone)));
        facts.add(new Fact("ended_by", outage.endedBy() == null ? "not yet" : outage.endedBy()));
        facts.add(new Fact("duration_ms", outage.durationMs() + " (" + Durations.text(outage.durationMs()) + ")"));
        facts.add(new Fact(
                "reason",
                outage.reasonText()
                        + (outage.joined() ? ", from a check line" : "")
                        + (outage.agent() ? ", by the agent" : "")));
        fact(facts, "via", outage.via());
        fact(facts, "first_failure_at", lag(outage.firstFailure(), outage.started(), "before DOWN"));
        fact(facts, "first_success_at", lag(outage.firstSuccess(), outage.ended(), "before the end"));
        facts.add(new Fact("backend_emptied", outage.backendEmptied() ? "yes" : "no"));
        facts.add(new Fact(
                "certain",
                outage.certain()
                        ? "yes: lines show " + (outage.ended() == null ? "its start" : "its start and its end")
                        : "no: " + String.join("; ", lines.doubts())));
        return facts;
    }

    private static void fact(List<Fact> facts, String name, @Nullable String value) {
        if (value != null) {
            facts.add(new Fact(name, value));
        }
    }

    private @Nullable String lag(@Nullable Instant check, @Nullable Instant then, String what) {
        if (check == null) {
            return null;
        }
        long millis = then == null ? -1 : Millis.between(check, then);
        return LocalTimes.exact(check, zone) + (millis < 0 ? "" : " (" + Durations.text(millis) + " " + what + ")");
    }

    private Sum duration(OutageRow outage) {
        long millis = Math.max(0, Millis.between(outage.started(), outage.until()));
        return new Sum(
                "duration_ms",
                (outage.ended() == null ? "known until " : "ended_at ") + LocalTimes.toMillis(outage.until(), zone)
                        + " - started_at " + LocalTimes.toMillis(outage.started(), zone) + " = " + millis + " ms",
                millis,
                outage.durationMs());
    }

    private String span(Instant from, @Nullable Instant to) {
        return "from " + LocalTimes.toMillis(from, zone)
                + (to == null ? ", not ended" : " to " + LocalTimes.toMillis(to, zone));
    }
}
