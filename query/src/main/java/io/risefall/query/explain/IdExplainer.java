package io.risefall.query.explain;

import io.risefall.query.explain.model.Explanation;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Nearest;
import io.risefall.query.text.Printable;
import io.risefall.query.time.LocalTimes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Finds what has an id, or one that begins so, and explains it. */
final class IdExplainer {
    private static final SqlQuery OUTAGE_ID = new SqlQuery("report/explain/outage_id.sql");
    private static final SqlQuery INCIDENT_ID = new SqlQuery("report/explain/incident_id.sql");
    private static final SqlQuery IDS = new SqlQuery("report/explain/ids.sql");
    /** What an error names of several that fit. */
    private static final int NAMED = 5;
    /** Among so many of the newest ids the nearest is looked for. */
    private static final int NEAR = 2000;

    private final Connection views;
    private final ZoneId zone;

    IdExplainer(Connection views, ZoneId zone) {
        this.views = views;
        this.zone = zone;
    }

    private record Known(String what, String id, String name, Instant startedAt) {
        static Known read(SqlQuery.Row row) throws SQLException {
            return new Known(row.text("what"), row.text("id"), row.text("name"), row.at("started_us"));
        }
    }

    Explanation explain(ExplainTarget.Id asked) throws SQLException {
        String id = asked.words();
        List<Known> outage = OUTAGE_ID.query(views, Known::read, id);
        if (!outage.isEmpty()) {
            return outage(outage.get(0).id);
        }
        IncidentExplainer incidents = new IncidentExplainer(views, zone);
        for (Instant startedAt : INCIDENT_ID.query(views, row -> row.at("started_us"), id)) {
            Optional<Explanation> incident = incidents.explain(id, startedAt);
            if (incident.isPresent()) {
                return incident.get();
            }
        }
        Known known = find(id);
        return switch (known.what) {
            case "outage" -> outage(known.id);
            case "incident" -> incidents.explain(known.id, known.startedAt).orElseThrow();
            default -> new BackendExplainer(views, zone).explain(known.id);
        };
    }

    private Explanation outage(String id) throws SQLException {
        OutageExplainer outages = new OutageExplainer(views, zone);
        return outages.explain(id, outages.named(List.of(id)).get(0));
    }

    private Known find(String id) throws SQLException {
        List<Known> fitting = IDS.query(views, Known::read, id, NAMED + 1);
        List<Known> exact =
                fitting.stream().filter(known -> known.id.equals(id)).toList();
        if (fitting.size() == 1 || exact.size() == 1) {
            return exact.isEmpty() ? fitting.get(0) : exact.get(0);
        }
        if (fitting.isEmpty()) {
            List<String> known = IDS.query(views, row -> row.text("id"), "", NEAR);
            throw new QueryException("no outage, incident or backend outage has an id that starts with " + id
                    + Nearest.hint(id, known) + "; to list all outages: risefall query \"select outage_id, *"
                    + " from outages\"");
        }
        StringBuilder several = new StringBuilder("several ids start with " + id + ":");
        for (Known one : fitting.subList(0, Math.min(NAMED, fitting.size()))) {
            several.append(several.charAt(several.length() - 1) == ':' ? " " : ", ")
                    .append(one.id)
                    .append(" (")
                    .append(one.what)
                    .append(' ')
                    .append(Printable.of(one.name))
                    .append(", ")
                    .append(LocalTimes.toMillis(one.startedAt, zone))
                    .append(')');
        }
        throw new QueryException(
                several.append(fitting.size() > NAMED ? " and more" : "").toString());
    }
}
