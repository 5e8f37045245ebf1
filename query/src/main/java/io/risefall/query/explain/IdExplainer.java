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

/** Finds what has an id, or one that begins so, and explains it. */
final class IdExplainer {
    private static final SqlQuery OUTAGE_ID = new SqlQuery("report/explain/outage_id.sql");
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
        Known known = find(asked.words());
        return switch (known.what) {
            case "outage" -> {
                OutageExplainer outages = new OutageExplainer(views, zone);
                yield outages.explain(known.id, outages.named(List.of(known.id)).get(0));
            }
            case "incident" -> new IncidentExplainer(views, zone).explain(known.id);
            default -> new BackendExplainer(views, zone).explain(known.id);
        };
    }

    private Known find(String id) throws SQLException {
        List<Known> outage = OUTAGE_ID.query(views, Known::read, id);
        if (!outage.isEmpty()) {
            return outage.get(0);
        }
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
