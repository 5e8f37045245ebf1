package io.risefall.query.page.report;

import io.risefall.query.page.Links;
import io.risefall.query.report.period.CalendarPeriod;
import io.risefall.query.report.period.CalendarUnit;
import io.risefall.query.report.period.PeriodFormat;
import io.risefall.query.report.period.PeriodRequest;
import io.risefall.query.report.render.ReportSite;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which report a path names: {@code /reports/week/2026-W47.csv?node=lb1}.
 *
 * @param narrowed what it is narrowed to: {@code node}, {@code backend} and {@code zone}, in this order, those that are given
 */
public record ReportAddress(CalendarUnit unit, LocalDate day, PeriodFormat format, Map<String, String> narrowed) {
    static final String PATH = "/reports/";

    private static final String ZONE = "zone";
    private static final String NODE = "node";
    private static final String BACKEND = "backend";

    private static final Map<PeriodFormat, String> FILES = new LinkedHashMap<>();

    static {
        FILES.put(PeriodFormat.TEXT, "txt");
        FILES.put(PeriodFormat.MARKDOWN, "md");
        FILES.put(PeriodFormat.CSV, "csv");
        FILES.put(PeriodFormat.JSON, "json");
    }

    /**
     * What the parts of a path name.
     *
     * @param parts after {@link #PATH}
     * @throws IllegalArgumentException where it names nothing
     */
    static ReportAddress of(List<String> parts, Map<String, String> parameters) {
        CalendarUnit unit =
                parts.isEmpty() ? null : CalendarUnit.of(parts.get(0)).orElse(null);
        if (unit == null || parts.size() != 2) {
            throw nothing();
        }
        String date = parts.get(1);
        int dot = date.indexOf('.');
        return new ReportAddress(
                unit,
                day(unit, dot < 0 ? date : date.substring(0, dot)),
                dot < 0 ? PeriodFormat.HTML : format(date.substring(dot + 1)),
                narrowed(parameters));
    }

    /**
     * Where the report of a unit with a day in it is.
     *
     * @param narrowed what it is narrowed to, by the names of the parameters
     */
    public static String path(CalendarUnit unit, LocalDate day, Map<String, String> narrowed) {
        return of(unit, day, narrowed).href();
    }

    /** The report of a unit with a day in it. */
    static ReportAddress of(CalendarUnit unit, LocalDate day, Map<String, String> parameters) {
        return new ReportAddress(unit, day, PeriodFormat.HTML, narrowed(parameters));
    }

    private static Map<String, String> narrowed(Map<String, String> parameters) {
        Map<String, String> narrowed = new LinkedHashMap<>();
        for (String name : List.of(NODE, BACKEND, ZONE)) {
            String value = parameters.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                narrowed.put(name, value);
            }
        }
        return narrowed;
    }

    private static LocalDate day(CalendarUnit unit, String date) {
        try {
            return switch (unit) {
                case DAY -> LocalDate.parse(date);
                case WEEK -> LocalDate.parse(date + "-1", DateTimeFormatter.ISO_WEEK_DATE);
                case MONTH -> YearMonth.parse(date).atDay(1);
                case YEAR -> Year.parse(date).atDay(1);
            };
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(nothing().getMessage(), e);
        }
    }

    private static PeriodFormat format(String file) {
        return FILES.entrySet().stream()
                .filter(one -> one.getValue().equals(file))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(ReportAddress::nothing);
    }

    private static IllegalArgumentException nothing() {
        return new IllegalArgumentException(
                "the address of a report is like /reports/day/2026-11-23, /reports/week/2026-W47,"
                        + " /reports/month/2026-11 or /reports/year/2026, and may end with .txt, .md, .csv or .json");
    }

    CalendarPeriod period() {
        return CalendarPeriod.of(unit, day);
    }

    /** @throws IllegalArgumentException where it has not begun */
    PeriodRequest request(ZoneId zone, LocalDate today) {
        CalendarPeriod begun = CalendarPeriod.parse(unit.word(), day.toString(), null, null, today);
        return new PeriodRequest(begun, zone, null, narrowed.get(NODE), narrowed.get(BACKEND));
    }

    String href() {
        return path("");
    }

    private String path(String end) {
        String query = narrowed.entrySet().stream()
                .map(one -> one.getKey() + "=" + Links.ALL.part(one.getValue()))
                .collect(Collectors.joining("&"));
        return PATH + unit.word() + "/" + date() + end + (query.isEmpty() ? "" : "?" + query);
    }

    private String date() {
        return switch (unit) {
            case DAY -> day.toString();
            case WEEK ->
                DateTimeFormatter.ISO_WEEK_DATE.format(period().first()).replaceFirst("-\\d$", "");
            case MONTH -> YearMonth.from(day).toString();
            case YEAR -> Year.from(day).toString();
        };
    }

    /** What it is called where it is kept; null: it is shown. */
    @Nullable String file() {
        String end = FILES.get(format);
        return end == null ? null : "risefall-" + unit.word() + "-" + date() + "." + end;
    }

    /** What the report leads to. */
    ReportSite site(LocalDate today) {
        CalendarPeriod period = period();
        LocalDate next = period.last().plusDays(1);
        return new ReportSite(
                neighbour(period.first().minusDays(1)),
                next.isAfter(today) ? null : neighbour(next),
                FILES.values().stream()
                        .map(end -> new ReportSite.Link(path("." + end), end))
                        .toList());
    }

    private ReportSite.Link neighbour(LocalDate other) {
        ReportAddress address = new ReportAddress(unit, other, PeriodFormat.HTML, narrowed);
        return new ReportSite.Link(address.href(), address.period().words());
    }
}
