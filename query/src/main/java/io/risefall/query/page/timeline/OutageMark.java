package io.risefall.query.page.timeline;

import io.risefall.query.page.PageRange;
import io.risefall.query.page.Strip;
import io.risefall.query.report.render.TimeAxis;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An outage of the fleet on a strip.
 *
 * @param outageId of the node that saw it first
 * @param mark where it is drawn, and what it says
 */
public record OutageMark(String outageId, Strip.Mark mark) {
    /** So many of each server, the longest: of more, a pointer could not choose one. */
    static final int MOST = 10;

    private static final SqlQuery OUTAGES = new SqlQuery("page/timeline/outages.sql");

    private record OfServer(String name, OutageMark outage) {}

    /** By PROXY/SERVER. */
    static Map<String, List<OutageMark>> read(
            Connection views, TimelineQuestion asked, List<StripRow> servers, RoleList roles, ZoneId zone)
            throws SQLException {
        PageRange range = asked.range();
        Strip strip = new Strip(new TimeAxis(range.from(), range.to(), zone), range, zone);
        return OUTAGES
                .query(
                        views,
                        row -> new OfServer(
                                row.text("proxy") + "/" + row.text("server"),
                                new OutageMark(
                                        row.text("outage_id"),
                                        strip.mark(
                                                "down", row.at("started_us"), row.at("until_us"), row.text("reason")))),
                        range.from(),
                        range.to(),
                        servers.stream().map(StripRow::proxy).toList(),
                        servers.stream().map(StripRow::server).toList(),
                        asked.node().isEmpty() ? null : asked.node(),
                        MOST,
                        roles.nodes(),
                        roles.proxies())
                .stream()
                .collect(Collectors.groupingBy(
                        OfServer::name, Collectors.mapping(OfServer::outage, Collectors.toList())));
    }
}
