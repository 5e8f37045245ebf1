package io.risefall.query.report.section;

import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.SectionKey;
import io.risefall.query.report.model.SourceTally;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Counts;
import java.sql.SQLException;
import java.util.List;

/** Where the lines came from. */
final class SourceSection implements Section<SourceTally>, SectionTable {
    private static final SqlQuery SOURCES = new SqlQuery("report/sources.sql");

    @Override
    public SectionKey<SourceTally> key() {
        return SourceTally.SECTION;
    }

    @Override
    public List<SourceTally> read(FleetOfDay day) throws SQLException {
        return SOURCES.query(day.views(), SourceSection::source, day.request().node());
    }

    private static SourceTally source(SqlQuery.Row row) throws SQLException {
        return new SourceTally(
                row.text("source"),
                row.number("lines"),
                row.number("events"),
                row.number("traffic"),
                row.number("other"),
                row.number("repeats"),
                row.number("rejected"),
                row.atOrNull("first_us"),
                row.atOrNull("last_us"),
                row.number("unstamped"));
    }

    @Override
    public ReportTable table(DayReport report, DayText text) {
        return new ReportTable(
                "Sources (all days)",
                List.of(
                        ReportTable.left("source", 32),
                        ReportTable.right("lines", 10),
                        ReportTable.right("health", 10),
                        ReportTable.right("traffic", 10),
                        ReportTable.right("other", 8),
                        ReportTable.right("repeats", 8),
                        ReportTable.right("rejected", 8)),
                report.rows(SourceTally.SECTION).stream()
                        .map(source -> List.of(
                                source.source(),
                                Counts.grouped(source.lines()),
                                Counts.grouped(source.events()),
                                Counts.grouped(source.traffic()),
                                Counts.grouped(source.other()),
                                Counts.grouped(source.repeats()),
                                Counts.grouped(source.rejected())))
                        .toList(),
                "");
    }
}
