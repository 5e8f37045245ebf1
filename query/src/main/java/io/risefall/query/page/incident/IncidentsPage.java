package io.risefall.query.page.incident;

import io.risefall.query.page.Page;
import io.risefall.query.page.PageContent;
import io.risefall.query.page.PageRange;
import io.risefall.query.page.PageTimes;
import io.risefall.query.page.Visit;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /incidents}: which there were. */
public final class IncidentsPage implements Page {
    private static final SqlQuery INCIDENTS = new SqlQuery("page/incident/incidents.sql");
    private static final int MOST = 500;

    /** A row of the list; the columns of the view {@code incidents} say what its parts are. */
    public record Incident(
            String id,
            String label,
            Instant startedAt,
            @Nullable Instant endedAt,
            long durationMs,
            int servers,
            int outages,
            int emptied) {
        static Incident of(SqlQuery.Row row) throws SQLException {
            return new Incident(
                    row.text("incident_id"),
                    row.text("label"),
                    row.at("started_us"),
                    row.atOrNull("ended_us"),
                    row.number("duration_ms"),
                    row.count("servers"),
                    row.count("outages"),
                    row.count("emptied"));
        }
    }

    @Override
    public String path() {
        return "/incidents";
    }

    @Override
    public PageContent show(Visit visit) throws SQLException {
        PageRange range = PageRange.of(visit, "30d");
        return new PageContent(
                "incident/incidents.ftlx",
                Map.of("range", range, "presets", PageRange.PRESETS, "times", new PageTimes(visit.now(), visit.zone())),
                () -> incidents(visit.views(), range));
    }

    private static Map<String, Object> incidents(Connection views, PageRange range) throws SQLException {
        List<Incident> incidents = INCIDENTS.query(views, Incident::of, range.from(), range.to(), MOST + 1);
        return Map.of(
                "incidents", incidents.subList(0, Math.min(MOST, incidents.size())), "cut", incidents.size() > MOST);
    }
}
