package io.risefall.query.report.section;

import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.SectionKey;
import io.risefall.query.report.model.Sightings;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.time.Durations;
import java.sql.SQLException;
import java.util.List;

/** Who saw the servers down that several nodes know. */
final class SightingSection implements Section<Sightings>, SectionTable {
    private static final SqlQuery SIGHTINGS = new SqlQuery("report/sightings.sql");

    @Override
    public SectionKey<Sightings> key() {
        return Sightings.SECTION;
    }

    /** Those that some nodes saw down, the longest for some only first; no standbys, which are down by design. */
    @Override
    public List<Sightings> read(FleetOfDay day) throws SQLException {
        if (day.request().node() != null || day.nodes() < 2) {
            return List.of();
        }
        return SIGHTINGS
                .query(
                        day.views(),
                        SightingSection::server,
                        day.period().from(),
                        day.period().to())
                .stream()
                .filter(server -> !day.roles().isRole(server.proxy()))
                .toList();
    }

    private static Sightings server(SqlQuery.Row row) throws SQLException {
        return new Sightings(
                row.text("proxy"),
                row.text("server"),
                row.count("nodes"),
                row.number("all_ms"),
                row.number("some_ms"),
                row.number("only_ms"),
                row.texts("some_nodes"));
    }

    @Override
    public ReportTable table(DayReport report, DayText text) {
        return new ReportTable(
                "Who saw it down",
                List.of(
                        new ReportTable.Column("server", false, 26),
                        new ReportTable.Column("load balancers", true, 9),
                        new ReportTable.Column("by all", true, 12),
                        new ReportTable.Column("by some, up for others", true, 12),
                        new ReportTable.Column("by which", false, 20),
                        new ReportTable.Column("by one, unknown to others", true, 12)),
                report.rows(Sightings.SECTION).stream()
                        .map(server -> List.of(
                                server.proxy() + "/" + server.server(),
                                String.valueOf(server.nodes()),
                                Durations.text(server.allMs()),
                                Durations.text(server.someMs()),
                                server.someNodesText(),
                                Durations.text(server.onlyMs())))
                        .toList(),
                text.sightingsNote());
    }
}
