package io.risefall.query.explain;

import io.risefall.query.explain.line.OutageRow;
import io.risefall.query.explain.model.Explanation;
import io.risefall.query.explain.model.Explanation.Fact;
import io.risefall.query.explain.model.Explanation.Part;
import io.risefall.query.explain.model.Explanation.Sum;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Counts;
import io.risefall.query.time.LocalTimes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Explains an incident: which outages are counted together, and the lines of each. */
final class IncidentExplainer {
    private static final SqlQuery INCIDENT = new SqlQuery("report/explain/incident.sql");
    /** Lines are shown of so many outages; of the others, how to ask for them. */
    private static final int SHOWN = 50;

    private final Connection views;
    private final ZoneId zone;

    IncidentExplainer(Connection views, ZoneId zone) {
        this.views = views;
        this.zone = zone;
    }

    private record Told(
            String id,
            Instant startedAt,
            @Nullable Instant endedAt,
            long servers,
            long backends,
            long nodes,
            @Nullable String reason,
            String label,
            String kind,
            @Nullable String left,
            List<String> outages) {
        static Told read(SqlQuery.Row row) throws SQLException {
            return new Told(
                    row.text("incident_id"),
                    row.at("started_us"),
                    row.atOrNull("ended_us"),
                    row.number("servers"),
                    row.number("backends"),
                    row.number("nodes"),
                    row.textOrNull("reason"),
                    row.text("label"),
                    row.text("kind"),
                    row.textOrNull("was_left"),
                    Arrays.asList(row.text("outage_ids").split(",")));
        }
    }

    /**
     * The incident of an id; empty where none of that id began then.
     *
     * @param startedAt when its first outage began
     */
    Optional<Explanation> explain(String id, Instant startedAt) throws SQLException {
        List<Told> incidents = INCIDENT.query(views, Told::read, startedAt, id);
        return incidents.isEmpty() ? Optional.empty() : Optional.of(explain(id, incidents.get(0)));
    }

    private Explanation explain(String id, Told told) throws SQLException {
        OutageExplainer explained = new OutageExplainer(views, zone);
        List<OutageRow> outages = explained.named(told.outages);
        List<Part> parts = new ArrayList<>(explained.inOrder(outages.subList(0, Math.min(SHOWN, outages.size()))));
        if (outages.size() > SHOWN) {
            parts.add(new Part(
                    Counts.grouped(outages.size() - SHOWN) + " more outages",
                    outages.subList(SHOWN, outages.size()).stream()
                            .map(outage -> ExplainTarget.command(outage.id()) + " (" + outage.name() + " on "
                                    + outage.node() + ")")
                            .toList(),
                    List.of(),
                    0));
        }
        return new Explanation(
                Explanation.FORMAT,
                id,
                "Incident " + id + ": " + told.label,
                zone.getId(),
                facts(told),
                List.of(
                        distinct("servers", outages, OutageRow::name, told.servers),
                        distinct("backends", outages, OutageRow::proxy, told.backends),
                        distinct("nodes", outages, OutageRow::node, told.nodes)),
                parts,
                List.of());
    }

    private List<Fact> facts(Told told) {
        return List.of(
                new Fact("label", told.label),
                new Fact("kind", told.kind),
                new Fact("started_at", LocalTimes.exact(told.startedAt, zone) + " (start of the first outage)"),
                new Fact(
                        "ended_at",
                        told.endedAt == null
                                ? "not yet: one of them is open"
                                : LocalTimes.exact(told.endedAt, zone) + " (end of the last outage)"),
                new Fact("reason", told.reason == null ? "not logged" : told.reason),
                new Fact("active_left", told.left == null ? "not logged" : told.left),
                new Fact("outages", String.join(" ", told.outages)));
    }

    private static Sum distinct(String name, List<OutageRow> outages, Function<OutageRow, String> what, long stated) {
        List<String> all = outages.stream().map(what).distinct().sorted().toList();
        String some = String.join(", ", all.subList(0, Math.min(SHOWN, all.size())));
        return new Sum(
                name,
                "different ones among the outages: " + some + (all.size() > SHOWN ? ", …" : "") + " = " + all.size(),
                (long) all.size(),
                stated);
    }
}
