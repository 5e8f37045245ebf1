package io.risefall.query.report.section;

import io.risefall.query.report.fleet.FleetEpisodes;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.FlappingEpisode;
import io.risefall.query.report.model.SectionKey;
import io.risefall.query.report.model.SeenBy;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Flapping episodes that touch the day. */
final class FlappingSection implements Section<FlappingEpisode>, SectionTable {
    private static final SqlQuery FLAPPING = new SqlQuery("report/flapping.sql");

    @Override
    public SectionKey<FlappingEpisode> key() {
        return FlappingEpisode.SECTION;
    }

    @Override
    public List<FlappingEpisode> read(FleetOfDay day) throws SQLException {
        List<FlappingEpisode> ofNodes = FLAPPING.query(
                day.views(),
                row -> episode(day, row),
                day.period().from(),
                day.period().to());
        return new FleetEpisodes(day.period())
                .flapping(day.ofNodes(ofNodes, FlappingEpisode::node), day::nodesOfServer);
    }

    private static FlappingEpisode episode(FleetOfDay day, SqlQuery.Row row) throws SQLException {
        Instant calm = row.at("calm_us");
        String node = row.text("node");
        // That it is calm is known only as far as its log tells: another DOWN would have made it longer.
        boolean ended = !calm.isAfter(day.period().validUntil(day.knownUntil(node)));
        return new FlappingEpisode(
                node,
                row.text("proxy"),
                row.text("server"),
                SeenBy.one(node),
                row.at("started_us"),
                ended ? calm : null,
                calm,
                row.count("downs"),
                row.real("peak_penalty"),
                day.explain(ServerKey.of(row)) + " flapping_ms");
    }

    @Override
    public ReportTable table(DayReport report, DayText text) {
        return new ReportTable(
                "Flapping",
                SeenByColumn.of(
                        report,
                        ReportTable.left("server", 26),
                        16,
                        ReportTable.left("from", 10),
                        ReportTable.left("to", 23),
                        ReportTable.right(report.hasManyNodes() ? "DOWNs on one node" : "DOWNs", 6),
                        ReportTable.right("penalty", 8)),
                report.rows(FlappingEpisode.SECTION).stream()
                        .map(flaps -> SeenByColumn.row(
                                report,
                                flaps.name(),
                                flaps.seenBy(),
                                text.times().at(flaps.startedAt()),
                                text.calm(flaps),
                                String.valueOf(flaps.downs()),
                                String.valueOf(Math.round(flaps.peakPenalty()))))
                        .toList(),
                "");
    }
}
