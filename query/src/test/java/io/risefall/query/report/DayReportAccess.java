package io.risefall.query.report;

import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.DayRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** The report of a day, for tests of other packages. */
public final class DayReportAccess {
    private DayReportAccess() {}

    public static DayReport of(Connection views, DayRequest request, Instant now) throws SQLException {
        return DayReports.of(views, request, now, false);
    }
}
