package io.risefall.query.report;

import io.risefall.query.explain.Explanations;
import io.risefall.query.explain.model.Explanation;
import io.risefall.query.explain.render.ExplainFormat;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.render.HtmlDay;
import io.risefall.query.report.render.ReportFormat;
import io.risefall.query.report.render.ReportSite;
import io.risefall.query.warehouse.RolePatterns;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The door to reports: a day, or how a number came about, in any format. */
public final class Reports {
    private Reports() {}

    /**
     * Writes the report of one day as UTF-8 and leaves {@code out} open.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @param day the day
     * @param zone the zone that cuts it
     * @param roles which backends are role backends by wish; null: as the warehouse was told
     * @param format how to print it
     * @param now what is after it has not happened yet
     * @param out where to
     */
    public static void day(
            Connection views,
            LocalDate day,
            ZoneId zone,
            @Nullable RolePatterns roles,
            ReportFormat format,
            Instant now,
            OutputStream out)
            throws SQLException, IOException {
        day(views, day, zone, roles, format, now, out, false);
    }

    /** As above, with ANSI colours where the format is text and {@code colour} is true. */
    public static void day(
            Connection views,
            LocalDate day,
            ZoneId zone,
            @Nullable RolePatterns roles,
            ReportFormat format,
            Instant now,
            OutputStream out,
            boolean colour)
            throws SQLException, IOException {
        day(views, DayRequest.of(day, zone).withRoles(roles), format, now, out, colour);
    }

    /**
     * Writes the report of one day as UTF-8 and leaves {@code out} open.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @param request which day of what
     * @param format how to print it
     * @param now what is after it has not happened yet
     * @param out where to
     * @param colour with ANSI colours where the format is text
     * @throws io.risefall.query.sql.QueryException when no line is of the requested node
     */
    public static void day(
            Connection views, DayRequest request, ReportFormat format, Instant now, OutputStream out, boolean colour)
            throws SQLException, IOException {
        Objects.requireNonNull(out, "out");
        DayReport report = DayReports.of(views, request, now, format == ReportFormat.HTML);
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        format.render(report, writer, colour);
        writer.flush();
    }

    /** Writes the report of one day as a page of the web site; see above. */
    public static void page(Connection views, DayRequest request, ReportSite site, Instant now, OutputStream out)
            throws SQLException, IOException {
        DayReport report = DayReports.of(views, request, now, true);
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        new HtmlDay(site).render(report, writer);
        writer.flush();
    }

    /**
     * Writes how a number came about as UTF-8 and leaves {@code out} open.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @param asked the number
     * @param zone of times, and of the day where a day is asked for
     * @param format how to print it
     * @param out where to
     * @throws io.risefall.query.sql.QueryException when there is no such number
     */
    public static void explain(
            Connection views, ExplainTarget asked, ZoneId zone, ExplainFormat format, OutputStream out)
            throws SQLException, IOException {
        Explanation explanation = Explanations.of(views, asked, zone);
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        format.render(explanation, writer);
        writer.flush();
    }
}
