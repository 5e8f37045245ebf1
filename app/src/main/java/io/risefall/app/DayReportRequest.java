package io.risefall.app;

import io.risefall.query.Warehouse;
import io.risefall.query.report.ReportFormat;
import io.risefall.query.report.Reports;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/** The report of a day, as the command and as the service are asked for it. */
final class DayReportRequest {
    private DayReportRequest() {}

    /** {@code today}, {@code yesterday} or {@code 2026-03-01}; anything else is an {@link IllegalArgumentException}. */
    static LocalDate day(String date, ZoneId zone) {
        LocalDate today = LocalDate.now(zone);
        try {
            return switch (date) {
                case "today" -> today;
                case "yesterday" -> today.minusDays(1);
                default -> LocalDate.parse(date);
            };
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + date + "' is no day; a date is today, yesterday or such as " + today, e);
        }
    }

    /** With the parameters {@code date}, {@code zone} and {@code format} of a request, all with defaults. */
    static void write(Warehouse warehouse, Map<String, String> parameters, OutputStream out)
            throws SQLException, IOException {
        ZoneId zone;
        try {
            zone = parameters.containsKey("zone") ? ZoneId.of(parameters.get("zone")) : ZoneId.systemDefault();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + parameters.get("zone") + "' is no time zone", e);
        }
        String format = parameters.getOrDefault("format", "html").toUpperCase(Locale.ROOT);
        LocalDate day = day(parameters.getOrDefault("date", "today"), zone);
        write(warehouse, day, zone, ReportFormat.valueOf(format), out);
    }

    static void write(Warehouse warehouse, LocalDate day, ZoneId zone, ReportFormat format, OutputStream out)
            throws SQLException, IOException {
        try (Connection views = warehouse.read()) {
            Reports.day(views, day, zone, format, Instant.now(), out);
        }
    }
}
