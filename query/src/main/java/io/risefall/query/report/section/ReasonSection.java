package io.risefall.query.report.section;

import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.ReasonHour;
import io.risefall.query.report.model.SectionKey;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Counts;
import io.risefall.query.time.Durations;
import java.sql.SQLException;
import java.util.List;

/** Failed checks by hour, reason and code. */
final class ReasonSection implements Section<ReasonHour>, SectionTable {
    private static final SqlQuery REASONS = new SqlQuery("report/reasons.sql");

    @Override
    public SectionKey<ReasonHour> key() {
        return ReasonHour.SECTION;
    }

    @Override
    public List<ReasonHour> read(FleetOfDay day) throws SQLException {
        return REASONS.query(
                day.views(),
                ReasonSection::reason,
                day.period().from(),
                day.period().to(),
                day.request().node());
    }

    private static ReasonHour reason(SqlQuery.Row row) throws SQLException {
        return new ReasonHour(
                row.at("hour_us"),
                row.text("reason"),
                row.intOrNull("code"),
                row.number("failures"),
                row.number("downs"),
                row.numberOrNull("max_duration_ms"),
                row.count("servers"));
    }

    @Override
    public ReportTable table(DayReport report, DayText text) {
        return new ReportTable(
                "Why checks failed, by hour",
                List.of(
                        ReportTable.left("hour", 12),
                        ReportTable.left("reason", 12),
                        ReportTable.left("meaning", 30),
                        ReportTable.right("failed checks", 8),
                        ReportTable.right("led to DOWN", 8),
                        ReportTable.right("servers", 7),
                        ReportTable.right("slowest", 9)),
                report.rows(ReasonHour.SECTION).stream()
                        .map(reason -> List.of(
                                text.times().minute(reason.hour()),
                                text.ofOutage().reason(reason.reason(), reason.code()),
                                DayText.inWords(reason.reason()),
                                Counts.grouped(reason.failures()),
                                Counts.grouped(reason.downs()),
                                String.valueOf(reason.servers()),
                                Durations.textOrDash(reason.maxDurationMs())))
                        .toList(),
                (report.hasManyNodes() ? "Checks of all load balancers together. " : "")
                        + DayText.explain(
                                "\"" + report.day() + " REASON failures\" --zone "
                                        + report.zone().getId(),
                                "the lines behind a reason"));
    }
}
