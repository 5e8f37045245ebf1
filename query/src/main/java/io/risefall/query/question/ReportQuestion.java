package io.risefall.query.question;

import io.risefall.query.report.Reports;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.period.CalendarPeriod;
import io.risefall.query.report.period.CalendarUnit;
import io.risefall.query.report.period.PeriodFormat;
import io.risefall.query.report.period.PeriodHtml;
import io.risefall.query.report.period.PeriodReport;
import io.risefall.query.report.period.PeriodReports;
import io.risefall.query.report.period.PeriodRequest;
import io.risefall.query.report.render.ReportSite;
import io.risefall.query.time.NamedDay;
import io.risefall.query.warehouse.RolePatterns;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code report}: what happened on a day, or in a period. */
public final class ReportQuestion implements Question {
    private static final String DATE = "date";
    /** The last day of just some days. */
    private static final String LAST = "to";
    /** Unless it is a day. */
    private static final String UNIT = "unit";

    private static final String ROLES = "roles";
    private static final String NODE = "node";
    private static final String BACKEND = "backend";
    private static final String FORGOTTEN = "forgotten";

    private final @Nullable ReportSite site;

    public ReportQuestion() {
        this(null);
    }

    /** @param site where the report stands, if it is a page; null: it is a file of its own */
    public ReportQuestion(@Nullable ReportSite site) {
        this.site = site;
    }

    @Override
    public String name() {
        return "report";
    }

    /** @param forgottenAfter see {@link DayRequest}; only the report of a day tells of it */
    public static QuestionParameters parameters(PeriodRequest request, Duration forgottenAfter, PeriodFormat format) {
        CalendarPeriod period = request.period();
        CalendarUnit unit = period.unit();
        return new QuestionParameters(Map.of(
                        DATE,
                        period.first().toString(),
                        "zone",
                        request.zone().getId(),
                        "format",
                        format.name(),
                        FORGOTTEN,
                        forgottenAfter.toString()))
                .with(UNIT, unit == null || unit == CalendarUnit.DAY ? null : unit.name())
                .with(LAST, unit == null ? period.last().toString() : null)
                .with(ROLES, request.roles() == null ? null : request.roles().text())
                .with(NODE, request.node())
                .with(BACKEND, request.proxy());
    }

    @Override
    public int answer(QuestionContext context, QuestionParameters parameters, OutputStream out)
            throws SQLException, IOException {
        ZoneId zone = parameters.zone(context.zone());
        PeriodRequest request = new PeriodRequest(
                period(parameters, LocalDate.ofInstant(context.now(), zone)),
                zone,
                parameters.has(ROLES) ? RolePatterns.of(parameters.text(ROLES, "")) : null,
                parameters.text(NODE),
                parameters.text(BACKEND));
        PeriodFormat format = parameters.format(PeriodFormat.TEXT);
        if (request.period().unit() == CalendarUnit.DAY && request.proxy() == null && format.ofDay() != null) {
            DayRequest day = new DayRequest(
                    request.period().first(),
                    zone,
                    request.roles(),
                    request.node(),
                    parameters.duration(FORGOTTEN, DayRequest.FORGOTTEN_AFTER));
            if (site != null && format == PeriodFormat.HTML) {
                Reports.page(context.views(), day, site, context.now(), out);
            } else {
                Reports.day(context.views(), day, format.ofDay(), context.now(), out, false);
            }
        } else {
            PeriodReport report = PeriodReports.of(context.views(), request, context.now());
            if (site != null && format == PeriodFormat.HTML) {
                PeriodHtml.write(report, site, out);
            } else {
                format.write(report, out);
            }
        }
        return ANSWERED;
    }

    private static CalendarPeriod period(QuestionParameters parameters, LocalDate today) {
        LocalDate first = day(parameters.text(DATE, "today"), today);
        @Nullable String last = parameters.text(LAST);
        if (last != null) {
            return new CalendarPeriod(first, day(last, today), null);
        }
        String unit = parameters.text(UNIT, CalendarUnit.DAY.name()).toUpperCase(Locale.ROOT);
        return CalendarPeriod.of(CalendarUnit.valueOf(unit), first);
    }

    private static LocalDate day(String date, LocalDate today) {
        try {
            return NamedDay.of(date, today);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "invalid date '" + date + "': use today, yesterday or YYYY-MM-DD, such as " + today, e);
        }
    }
}
