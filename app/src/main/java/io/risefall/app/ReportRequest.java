package io.risefall.app;

import io.risefall.query.Warehouse;
import io.risefall.query.report.ReportFormat;
import io.risefall.query.report.Reports;
import java.io.OutputStream;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/** A report asked for over HTTP: the words of the command as parameters, and back. */
final class ReportRequest {
    private ReportRequest() {}

    static Map<String, String> parameters(LocalDate day, ZoneId zone, ReportFormat format) {
        return Map.of("date", day.toString(), "zone", zone.getId(), "format", format.name());
    }

    /** Writes the report that the parameters ask for; wrong ones are an {@link IllegalArgumentException}. */
    static void answer(Warehouse warehouse, ZoneId usualZone, Map<String, String> parameters, OutputStream out)
            throws Exception {
        ZoneId zone;
        LocalDate day;
        ReportFormat format;
        try {
            zone = parameters.containsKey("zone") ? ZoneId.of(parameters.get("zone")) : usualZone;
            String date = parameters.get("date");
            day = date == null ? LocalDate.now(zone) : LocalDate.parse(date);
            format = ReportFormat.valueOf(
                    parameters.getOrDefault("format", "TEXT").toUpperCase(java.util.Locale.ROOT));
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException(
                    "date wants a day such as 2026-03-01, zone a name such as Europe/Berlin: " + e.getMessage(), e);
        }
        try (Connection connection = warehouse.read()) {
            Reports.day(connection, day, zone, format, Instant.now(), out);
        }
    }
}
