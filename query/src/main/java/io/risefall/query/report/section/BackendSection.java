package io.risefall.query.report.section;

import io.risefall.query.report.fleet.FleetEpisodes;
import io.risefall.query.report.model.DayBackendOutage;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.SectionKey;
import io.risefall.query.report.model.SeenBy;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.time.Durations;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Backends left without a server. */
final class BackendSection implements Section<DayBackendOutage>, SectionTable {
    private static final SqlQuery BACKENDS = new SqlQuery("report/backends.sql");

    @Override
    public SectionKey<DayBackendOutage> key() {
        return DayBackendOutage.SECTION;
    }

    @Override
    public List<DayBackendOutage> read(FleetOfDay day) throws SQLException {
        List<DayBackendOutage> ofNodes = BACKENDS.query(
                day.views(),
                row -> outage(day.period(), row),
                day.period().from(),
                day.period().to());
        return new FleetEpisodes(day.period())
                .backends(day.ofNodes(ofNodes, DayBackendOutage::node), day::nodesOfBackend);
    }

    private static DayBackendOutage outage(Period period, SqlQuery.Row row) throws SQLException {
        Instant started = row.at("started_us");
        Instant ended = row.atOrNull("ended_us");
        return new DayBackendOutage(
                row.text("backend_outage_id"),
                row.text("node"),
                row.text("proxy"),
                SeenBy.one(row.text("node")),
                started,
                ended,
                row.number("duration_ms"),
                period.inside(started, row.at("until_us")));
    }

    @Override
    public ReportTable table(DayReport report, DayText text) {
        return new ReportTable(
                "Backends left without a server",
                SeenByColumn.of(
                        report,
                        ReportTable.left("backend", 24),
                        16,
                        ReportTable.left("from", 19),
                        ReportTable.left("to", 19),
                        ReportTable.right("lasted", 12),
                        ReportTable.left("id", 12)),
                report.ownBackends().stream()
                        .map(gap -> SeenByColumn.row(
                                report,
                                gap.proxy(),
                                gap.seenBy(),
                                text.times().at(gap.startedAt()),
                                text.times().atOrDash(gap.endedAt()),
                                Durations.text(gap.durationMs()),
                                gap.id()))
                        .toList(),
                "");
    }
}
