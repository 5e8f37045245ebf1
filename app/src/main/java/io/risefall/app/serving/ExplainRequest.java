package io.risefall.app.serving;

import io.risefall.query.explain.render.ExplainFormat;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.report.Reports;
import io.risefall.query.warehouse.Warehouse;
import java.io.OutputStream;
import java.sql.Connection;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/** Converts an explanation request to HTTP parameters and back. */
final class ExplainRequest {
    private ExplainRequest() {}

    static Map<String, String> parameters(ExplainTarget asked, ZoneId zone, ExplainFormat format) {
        return Map.of("asked", asked.words(), "zone", zone.getId(), "format", format.name());
    }

    /** Writes the requested explanation; invalid parameters are an {@link IllegalArgumentException}. */
    static void answer(Warehouse warehouse, ZoneId defaultZone, Map<String, String> parameters, OutputStream out)
            throws Exception {
        ZoneId zone = ReportRequest.zone(defaultZone, parameters);
        ExplainTarget asked = ExplainTarget.parse(parameters.getOrDefault("asked", ""), zone, LocalDate.now(zone));
        ExplainFormat format =
                ExplainFormat.valueOf(parameters.getOrDefault("format", "TEXT").toUpperCase(Locale.ROOT));
        try (Connection connection = warehouse.read()) {
            Reports.explain(connection, asked, zone, format, out);
        }
    }
}
