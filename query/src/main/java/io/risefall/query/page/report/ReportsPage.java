package io.risefall.query.page.report;

import io.risefall.query.page.Page;
import io.risefall.query.page.PageContent;
import io.risefall.query.page.Visit;
import io.risefall.query.report.period.CalendarPeriod;
import io.risefall.query.report.period.CalendarUnit;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code /reports}: of which times there are reports, and the verdicts of the latest. */
public final class ReportsPage implements Page {
    private static final int LISTED_DAYS = 14;
    private static final int LISTED_WEEKS = 8;
    private static final int LISTED_MONTHS = 12;
    private static final int LISTED_YEARS = 3;

    /** A report, and what it will say. */
    public record Listed(String label, String href, PeriodVerdicts.Verdict verdict) {}

    /** A report. */
    public record Linked(String label, String href) {}

    @Override
    public String path() {
        return "/reports";
    }

    @Override
    public PageContent show(Visit visit) throws SQLException {
        LocalDate today = LocalDate.ofInstant(visit.now(), visit.zone());
        Map<String, String> asked = visit.request().parameters();
        return new PageContent(
                "report/reports.ftlx",
                Map.of(
                        "today",
                        today.toString(),
                        "zoned",
                        asked.getOrDefault("zone", ""),
                        "months",
                        linked(CalendarUnit.MONTH, LISTED_MONTHS, today, asked),
                        "years",
                        linked(CalendarUnit.YEAR, LISTED_YEARS, today, asked)),
                () -> verdicts(visit, today));
    }

    private static Map<String, Object> verdicts(Visit visit, LocalDate today) throws SQLException {
        Map<String, String> asked = visit.request().parameters();
        List<CalendarPeriod> days = latest(CalendarUnit.DAY, LISTED_DAYS, today);
        List<CalendarPeriod> weeks = latest(CalendarUnit.WEEK, LISTED_WEEKS, today);
        PeriodVerdicts verdicts = PeriodVerdicts.read(
                visit.views(), Stream.concat(days.stream(), weeks.stream()).toList(), visit.zone(), visit.now());
        return Map.of(
                "days",
                listed(CalendarUnit.DAY, days, asked, verdicts),
                "weeks",
                listed(CalendarUnit.WEEK, weeks, asked, verdicts));
    }

    private static List<CalendarPeriod> latest(CalendarUnit unit, int count, LocalDate today) {
        return Stream.iterate(CalendarPeriod.of(unit, today), CalendarPeriod::before)
                .limit(count)
                .toList();
    }

    private static List<Listed> listed(
            CalendarUnit unit, List<CalendarPeriod> periods, Map<String, String> asked, PeriodVerdicts verdicts) {
        return periods.stream()
                .map(period -> new Listed(period.words(), href(unit, period, asked), verdicts.of(period)))
                .toList();
    }

    private static List<Linked> linked(CalendarUnit unit, int count, LocalDate today, Map<String, String> asked) {
        return latest(unit, count, today).stream()
                .map(period -> new Linked(period.words(), href(unit, period, asked)))
                .toList();
    }

    private static String href(CalendarUnit unit, CalendarPeriod period, Map<String, String> asked) {
        return ReportAddress.of(unit, period.first(), asked).href();
    }
}
