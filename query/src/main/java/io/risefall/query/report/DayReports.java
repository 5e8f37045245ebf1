package io.risefall.query.report;

import io.risefall.query.report.caveat.Absences;
import io.risefall.query.report.caveat.Caveats;
import io.risefall.query.report.evidence.DayEvidence;
import io.risefall.query.report.fleet.Fleets;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.model.FleetDay;
import io.risefall.query.report.model.MaintenanceWindow;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.SectionRows;
import io.risefall.query.report.model.SourceTally;
import io.risefall.query.report.model.Traces;
import io.risefall.query.report.model.Verdict;
import io.risefall.query.report.section.FleetOfDay;
import io.risefall.query.report.section.Sections;
import io.risefall.query.report.text.RoleText;
import io.risefall.query.report.text.VerdictText;
import io.risefall.query.time.LocalTimes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Reads a day's report from the warehouse's views. */
public final class DayReports {
    private DayReports() {}

    /**
     * The report of one day.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @param request which day of what
     * @param now what is after it has not happened yet
     * @param withEvidence whether the lines behind the numbers are wanted too
     * @throws io.risefall.query.sql.QueryException when no line is of the requested node
     */
    static DayReport of(Connection views, DayRequest request, Instant now, boolean withEvidence) throws SQLException {
        FleetOfDay day = FleetOfDay.read(views, request, now);
        Period period = day.period();
        SectionRows sections = Sections.read(day);
        FleetDay fleet = Fleets.of(period, day.nodes(), day.services(), day.counted());
        Absences absences = Absences.read(views, period, request);
        sections.with(
                DayReport.CAVEATS,
                Caveats.read(
                        views,
                        request,
                        period,
                        day.knownUntil(),
                        day.services(),
                        day.counted(),
                        sections.of(SourceTally.SECTION),
                        absences));
        return new DayReport(
                period,
                request.node(),
                now,
                verdict(day, fleet, sections, absences),
                day.coveredFrom(),
                day.coveredTo(),
                fleet,
                sections,
                !absences.away().isEmpty(),
                withEvidence ? DayEvidence.of(views, period, fleet, sections) : Traces.NONE);
    }

    private static Verdict verdict(FleetOfDay day, FleetDay fleet, SectionRows sections, Absences absences) {
        Period period = day.period();
        Verdict verdict = VerdictText.of(
                period,
                fleet,
                day.services(),
                day.counted(),
                sections.of(MaintenanceWindow.SECTION),
                day.coveredFrom(),
                day.coveredTo());
        return absences.with(new RoleText(day.roleDays()).with(verdict), new LocalTimes(period.day(), period.zone()));
    }
}
