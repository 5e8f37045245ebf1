package io.risefall.query.schedule;

import io.risefall.query.page.report.ReportAddress;
import io.risefall.query.report.Reports;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.period.CalendarPeriod;
import io.risefall.query.report.period.CalendarUnit;
import io.risefall.query.report.period.MailContent;
import io.risefall.query.report.period.PeriodFormat;
import io.risefall.query.report.period.PeriodReport;
import io.risefall.query.report.period.PeriodReports;
import io.risefall.query.report.period.PeriodRequest;
import io.risefall.query.report.render.ReportFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report, ready to be sent.
 *
 * @param id the same for the same period of the same report, so that receivers can fold repeats; of visible ASCII, as a header
 * @param content its sums, as a mail has them
 * @param name of its files, without what their kind ends it with: {@code risefall-day-2026-11-23}
 * @param page all of it as one self-contained page
 * @param link where it is on the web site; null: not known
 */
@SuppressWarnings("ArrayRecordComponent") // only sent
public record ReportDocument(
        String id,
        MailContent content,
        String name,
        byte[] page,
        @Nullable String link) {
    /** @throws io.risefall.query.sql.QueryException when the log knows no such backend */
    static ReportDocument of(
            Connection views, ScheduledReport scheduled, CalendarPeriod period, Instant now, @Nullable String publicUrl)
            throws SQLException, IOException {
        PeriodReport report = PeriodReports.of(
                views, new PeriodRequest(period, scheduled.zone(), null, null, scheduled.backend()), now);
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        if (scheduled.unit() == CalendarUnit.DAY && scheduled.backend() == null) {
            Reports.day(views, DayRequest.of(period.first(), scheduled.zone()), ReportFormat.HTML, now, page, false);
        } else {
            PeriodFormat.HTML.write(report, page);
        }
        String name = "risefall-" + scheduled.unit().word() + "-" + period.first()
                + (scheduled.backend() == null ? "" : "-" + scheduled.backend().replaceAll("[^A-Za-z0-9_.-]", "_"));
        String link = publicUrl == null ? null : publicUrl + path(scheduled, period);
        return new ReportDocument(
                "report-" + URLEncoder.encode(scheduled.key(), StandardCharsets.UTF_8) + "-" + period.first(),
                MailContent.of(report, link),
                name,
                page.toByteArray(),
                link);
    }

    private static String path(ScheduledReport scheduled, CalendarPeriod period) {
        Map<String, String> narrowed = new HashMap<>();
        narrowed.put("zone", scheduled.zone().getId());
        if (scheduled.backend() != null) {
            narrowed.put("backend", scheduled.backend());
        }
        return ReportAddress.path(scheduled.unit(), period.first(), narrowed);
    }
}
