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

/** An explanation asked for over HTTP: the words of the command as parameters, and back. */
final class ExplainRequest {
    private ExplainRequest() {}

    static Map<String, String> parameters(ExplainTarget asked, ZoneId zone, ExplainFormat format) {
        return Map.of("asked", asked.words(), "zone", zone.getId(), "format", format.name());
    }

    /** Writes the explanation that the parameters ask for; wrong ones are an {@link IllegalArgumentException}. */
    static void answer(Warehouse warehouse, ZoneId usualZone, Map<String, String> parameters, OutputStream out)
            throws Exception {
        ZoneId zone = ReportRequest.zone(usualZone, parameters);
        ExplainTarget asked = ExplainTarget.parse(parameters.getOrDefault("asked", ""), zone, LocalDate.now(zone));
        ExplainFormat format =
                ExplainFormat.valueOf(parameters.getOrDefault("format", "TEXT").toUpperCase(Locale.ROOT));
        try (Connection connection = warehouse.read()) {
            Reports.explain(connection, asked, zone, format, out);
        }
    }
}
