package io.risefall.query.page.report;

import io.risefall.query.page.Page;
import io.risefall.query.page.PageContent;
import io.risefall.query.page.PageTimes;
import io.risefall.query.page.Visit;
import io.risefall.query.report.period.CalendarPeriod;
import io.risefall.query.report.period.CalendarUnit;
import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code /reports}: of which times there are reports, and what began in the latest. */
public final class ReportsPage implements Page {
    private static final SqlQuery DAYS = new SqlQuery("page/report/days.sql");
    private static final int LISTED_DAYS = 14;
    private static final int LISTED_WEEKS = 8;
    private static final int LISTED_MONTHS = 12;
    private static final int LISTED_YEARS = 3;

    /**
     * A report, and what began in its time.
     *
     * @param longestMs length of the longest incident
     */
    public record Listed(String label, String href, long incidents, long outages, long longestMs) {}

    private record Began(LocalDate day, long incidents, long outages, long longestMs) {
        static Began of(SqlQuery.Row row) throws SQLException {
            return new Began(
                    LocalDate.parse(row.text("day")),
                    row.number("incidents"),
                    row.number("outages"),
                    row.number("longest_ms"));
        }
    }

    @Override
    public String path() {
        return "/reports";
    }

    @Override
    public PageContent show(Visit visit) throws SQLException {
        LocalDate today = LocalDate.ofInstant(visit.now(), visit.zone());
        LocalDate first = today.minusWeeks(LISTED_WEEKS);
        List<Began> began = DAYS.query(
                visit.views(),
                Began::of,
                visit.zone().getId(),
                first.atStartOfDay(visit.zone()).toInstant(),
                visit.now(),
                first.atStartOfDay(visit.zone()).toInstant());
        Map<String, String> asked = visit.request().parameters();
        return new PageContent(
                "report/reports.ftlx",
                Map.of(
                        "today",
                        today.toString(),
                        "zoned",
                        asked.getOrDefault("zone", ""),
                        "days",
                        latest(CalendarUnit.DAY, LISTED_DAYS, today, asked, began),
                        "weeks",
                        latest(CalendarUnit.WEEK, LISTED_WEEKS, today, asked, began),
                        "months",
                        latest(CalendarUnit.MONTH, LISTED_MONTHS, today, asked, List.of()),
                        "years",
                        latest(CalendarUnit.YEAR, LISTED_YEARS, today, asked, List.of()),
                        "times",
                        new PageTimes(visit.now(), visit.zone())));
    }

    private static List<Listed> latest(
            CalendarUnit unit, int count, LocalDate today, Map<String, String> asked, List<Began> began) {
        List<Listed> listed = new ArrayList<>();
        LocalDate day = today;
        for (int i = 0; i < count; i++) {
            CalendarPeriod period = CalendarPeriod.of(unit, day);
            List<Began> in = began.stream()
                    .filter(one ->
                            !one.day().isBefore(period.first()) && !one.day().isAfter(period.last()))
                    .toList();
            listed.add(new Listed(
                    period.words(),
                    ReportAddress.of(unit, day, asked).href(),
                    in.stream().mapToLong(Began::incidents).sum(),
                    in.stream().mapToLong(Began::outages).sum(),
                    in.stream().mapToLong(Began::longestMs).max().orElse(0)));
            day = period.first().minusDays(1);
        }
        return listed;
    }
}
