package io.risefall.app;

import io.risefall.query.ResultFormat;
import io.risefall.query.ServiceClient;
import io.risefall.query.report.ReportFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/** The service of another process, which has the warehouse open. */
final class ServiceAnswers implements Answers {
    private final ServiceClient service;

    ServiceAnswers(ServiceClient service) {
        this.service = service;
    }

    @Override
    public void query(String sql, ResultFormat format, OutputStream out) throws IOException, InterruptedException {
        service.sql(sql, format, out);
    }

    @Override
    public void report(LocalDate day, ZoneId zone, ReportFormat format, OutputStream out)
            throws IOException, InterruptedException {
        service.report(
                Map.of(
                        "date",
                        day.toString(),
                        "zone",
                        zone.getId(),
                        "format",
                        format.name().toLowerCase(Locale.ROOT)),
                out);
    }

    @Override
    public void close() {
        // Nothing stays open between requests.
    }
}
