package io.risefall.query.question;

import io.risefall.query.report.Reports;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.render.ReportFormat;
import io.risefall.query.time.NamedDay;
import io.risefall.query.warehouse.RolePatterns;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/** {@code report}: what happened in a period. */
public final class ReportQuestion implements Question {
    private static final String DATE = "date";
    private static final String ROLES = "roles";
    private static final String NODE = "node";
    private static final String FORGOTTEN = "forgotten";

    @Override
    public String name() {
        return "report";
    }

    public static QuestionParameters parameters(DayRequest request, ReportFormat format) {
        Map<String, String> parameters = new TreeMap<>(Map.of(
                DATE,
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
        return new QuestionParameters(parameters);
    }

    /** {@code today}, {@code yesterday} or {@code 2026-03-01}; anything else is an {@link IllegalArgumentException}. */
    public static LocalDate day(String date, ZoneId zone) {
        LocalDate today = LocalDate.now(zone);
        try {
            return NamedDay.of(date, today);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "invalid date '" + date + "': use today, yesterday or YYYY-MM-DD, such as " + today, e);
        }
    }

    @Override
    public int answer(QuestionContext context, QuestionParameters parameters, OutputStream out)
            throws SQLException, IOException {
        ZoneId zone = parameters.zone(context.zone());
        DayRequest request = new DayRequest(
                day(parameters.text(DATE, "today"), zone),
                zone,
                parameters.has(ROLES) ? RolePatterns.of(parameters.text(ROLES, "")) : null,
                parameters.text(NODE),
                parameters.duration(FORGOTTEN, DayRequest.FORGOTTEN_AFTER));
        Reports.day(context.views(), request, parameters.format(ReportFormat.TEXT), context.now(), out, false);
        return ANSWERED;
    }
}
