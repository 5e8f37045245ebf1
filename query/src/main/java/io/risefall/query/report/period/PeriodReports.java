package io.risefall.query.report.period;

import io.risefall.query.report.caveat.Absences;
import io.risefall.query.report.caveat.Caveats;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.section.Sections;
import io.risefall.query.sql.ReadTransaction;
import io.risefall.query.subject.KnownServers;
import io.risefall.query.subject.ServerTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Reads the report of a period from the warehouse's views. */
public final class PeriodReports {
    private PeriodReports() {}

    /**
     * The report of one period.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @param now what is after it has not happened yet
     * @throws io.risefall.query.sql.QueryException when no line is of the requested node or backend
     */
    public static PeriodReport of(Connection views, PeriodRequest request, Instant now) throws SQLException {
        try (ReadTransaction transaction = ReadTransaction.begin(views)) {
            PeriodFigures figures = PeriodFigures.read(views, request, now);
            if (request.proxy() != null) {
                KnownServers.of(views).meant(new ServerTarget(request.proxy(), null, request.node()));
            }
            Period period = figures.period();
            PeriodVerdict verdict = PeriodVerdict.of(request, figures);
            return new PeriodReport(
                    request,
                    period,
                    now,
                    verdict.level(),
                    verdict.sentence(),
                    figures.days().coveredFrom(),
                    figures.days().coveredTo(),
                    figures.fleet(),
                    period.isFuture() ? null : PeriodComparison.read(request, figures, now),
                    figures.backends(),
                    figures.servers(),
                    ReasonPeriod.of(figures.counted()),
                    figures.counted().stream().map(OutagePeriod::of).toList(),
                    PeriodMethod.of(request, period),
                    caveats(views, request, figures));
        }
    }

    private static List<String> caveats(Connection views, PeriodRequest request, PeriodFigures figures)
            throws SQLException {
        Period period = figures.period();
        return Caveats.read(
                views,
                request.firstDay(),
                period,
                figures.days().knownUntil(),
                figures.services(),
                figures.counted(),
                Sections.sources(figures.days()),
                Absences.read(views, period, request.firstDay()));
    }
}
