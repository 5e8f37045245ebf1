package io.risefall.app.serving;

import io.risefall.query.report.Reports;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.render.ReportFormat;
import io.risefall.query.warehouse.RolePatterns;
import io.risefall.query.warehouse.Warehouse;
import java.io.OutputStream;
import java.sql.Connection;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Converts a report request to HTTP parameters and back. */
public final class ReportRequest {
    private static final String ROLES = "roles";
    private static final String NODE = "node";
    private static final String FORGOTTEN = "forgotten";

    private ReportRequest() {}

    static Map<String, String> parameters(DayRequest request, ReportFormat format) {
        Map<String, String> parameters = new TreeMap<>(Map.of(
                "date",
                request.day().toString(),
                "zone",
                request.zone().getId(),
                "format",
                format.name(),
                FORGOTTEN,
                request.forgottenAfter().toString()));
        if (request.roles() != null) {
            parameters.put(ROLES, request.roles().text());
        }
        if (request.node() != null) {
            parameters.put(NODE, request.node());
        }
        return parameters;
    }

    /** {@code today}, {@code yesterday} or {@code 2026-03-01}; anything else is an {@link IllegalArgumentException}. */
    public static LocalDate day(String date, ZoneId zone) {
        LocalDate today = LocalDate.now(zone);
        try {
            return switch (date) {
                case "today" -> today;
                case "yesterday" -> today.minusDays(1);
                default -> LocalDate.parse(date);
            };
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "invalid date '" + date + "': use today, yesterday or YYYY-MM-DD, such as " + today, e);
        }
    }

    /** Writes the requested report; invalid parameters are an {@link IllegalArgumentException}. */
    static void answer(Warehouse warehouse, ZoneId defaultZone, Map<String, String> parameters, OutputStream out)
            throws Exception {
        ZoneId zone = zone(defaultZone, parameters);
        LocalDate day = day(parameters.getOrDefault("date", "today"), zone);
        ReportFormat format =
                ReportFormat.valueOf(parameters.getOrDefault("format", "TEXT").toUpperCase(Locale.ROOT));
        RolePatterns roles = parameters.containsKey(ROLES) ? RolePatterns.of(parameters.get(ROLES)) : null;
        DayRequest request = new DayRequest(day, zone, roles, parameters.get(NODE), forgottenAfter(parameters));
        try (Connection connection = warehouse.read()) {
            Reports.day(connection, request, format, Instant.now(), out, false);
        }
    }

    private static Duration forgottenAfter(Map<String, String> parameters) {
        try {
            return parameters.containsKey(FORGOTTEN)
                    ? Duration.parse(parameters.get(FORGOTTEN))
                    : DayRequest.FORGOTTEN_AFTER;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(FORGOTTEN + " must be a duration such as PT24H: " + e.getMessage(), e);
        }
    }

    /** The zone in the parameters, or the default one; an invalid one is an {@link IllegalArgumentException}. */
    static ZoneId zone(ZoneId defaultZone, Map<String, String> parameters) {
        try {
            return parameters.containsKey("zone") ? ZoneId.of(parameters.get("zone")) : defaultZone;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("zone must be a name such as Europe/Berlin: " + e.getMessage(), e);
        }
    }
}
