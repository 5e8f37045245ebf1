package io.risefall.query.page.report;

import io.risefall.query.report.period.CalendarPeriod;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Percent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How the fleet did in several periods, by one query: the numbers that decide the verdicts of their reports. */
public final class PeriodVerdicts {
    private static final SqlQuery VERDICTS = new SqlQuery("page/report/verdicts.sql");

    private final Map<CalendarPeriod, Verdict> verdicts = new HashMap<>();

    private PeriodVerdicts() {}

    /**
     * One of them.
     *
     * @param known whether anything is
     * @param outages those that touch it
     * @param flapping how many servers flapped
     * @param availability {@code 99.93 %}
     */
    public record Verdict(boolean known, long outages, long flapping, String availability) {}

    private record Range(Instant from, Instant to) {
        static Range of(CalendarPeriod period, ZoneId zone, Instant now) {
            Instant end = period.last().plusDays(1).atStartOfDay(zone).toInstant();
            // To the microsecond, as the warehouse has it: it is found again by that.
            Instant until = end.isBefore(now) ? end : now.truncatedTo(ChronoUnit.MICROS);
            return new Range(period.first().atStartOfDay(zone).toInstant(), until);
        }
    }

    static PeriodVerdicts read(Connection views, Collection<CalendarPeriod> periods, ZoneId zone, Instant now)
            throws SQLException {
        List<Range> ranges = periods.stream()
                .map(period -> Range.of(period, zone, now))
                .distinct()
                .toList();
        Map<Range, Verdict> found = new HashMap<>();
        VERDICTS.query(
                views,
                row -> found.put(new Range(row.at("begin_us"), row.at("end_us")), verdict(row)),
                ranges.stream().map(Range::from).toList(),
                ranges.stream().map(Range::to).toList());
        PeriodVerdicts all = new PeriodVerdicts();
        periods.forEach(
                period -> all.verdicts.put(period, Objects.requireNonNull(found.get(Range.of(period, zone, now)))));
        return all;
    }

    private static Verdict verdict(SqlQuery.Row row) throws SQLException {
        long known = row.number("known_ms");
        return new Verdict(
                known > 0,
                row.number("outages"),
                row.number("flapping"),
                Percent.of(known - row.number("down_ms"), known));
    }

    Verdict of(CalendarPeriod period) {
        return Objects.requireNonNull(verdicts.get(period));
    }
}
