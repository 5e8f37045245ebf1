package io.risefall.query.page.timeline;

import io.risefall.query.page.Page;
import io.risefall.query.page.PageContent;
import io.risefall.query.page.PageRange;
import io.risefall.query.page.PageTimes;
import io.risefall.query.page.Visit;
import io.risefall.query.report.render.TimeAxis.Tick;
import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code /timeline}: how all servers were, from seconds to a year. */
public final class TimelinePage implements Page {
    private static final SqlQuery NODES = new SqlQuery("page/timeline/nodes.sql");

    /** As a browser's field for a time has it. */
    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

    private final LatestRoles roles = new LatestRoles();

    @Override
    public String path() {
        return "/timeline";
    }

    @Override
    public PageContent show(Visit visit) throws SQLException {
        TimelineQuestion asked = TimelineQuestion.of(visit);
        PageRange range = asked.range();
        List<Tick> ticks = AxisPiece.ticks(range, visit.zone());
        Map<String, Object> model = new HashMap<>();
        model.put("asked", asked);
        model.put("allServers", TimelineRows.ALL_SERVERS);
        model.put("allBackends", TimelineRows.BACKENDS);
        model.put("range", range);
        model.put("presets", PageRange.PRESETS);
        model.put("ticks", ticks);
        model.put("pieces", AxisPiece.of(asked, ticks, visit.zone()));
        model.put("nodes", NODES.query(visit.views(), row -> row.text("node")));
        model.put("now", visit.now());
        model.put("from", range.last().isEmpty() ? field(range.from(), visit.zone()) : "");
        model.put("to", range.last().isEmpty() ? field(range.to(), visit.zone()) : "");
        model.put("times", new PageTimes(visit.now(), visit.zone()));
        return new PageContent(
                "timeline/timeline.ftlx",
                model,
                () -> Map.of(
                        "timeline",
                        TimelineRows.read(visit.views(), asked, roles.get(visit.views(), visit.now()), visit.zone())));
    }

    private static String field(Instant at, ZoneId zone) {
        return FIELD.format(at.atZone(zone));
    }
}
