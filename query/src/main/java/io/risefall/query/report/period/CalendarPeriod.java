package io.risefall.query.report.period;

import io.risefall.query.time.NamedDay;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whole days of a calendar.
 *
 * @param first the first day
 * @param last the last one, which belongs to it
 * @param unit what they make; null: just these days
 */
public record CalendarPeriod(
        LocalDate first, LocalDate last, @Nullable CalendarUnit unit) {
    private static final DateTimeFormatter LONG_DAY = format("EEEE d MMMM yyyy");
    private static final DateTimeFormatter DAY = format("d MMMM yyyy");
    private static final DateTimeFormatter MONTH = format("MMMM yyyy");

    private static final String LAST = "last";

    public CalendarPeriod {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("the period ends on " + last + ", before it begins on " + first);
        }
    }

    /** The one that a day is in. */
    public static CalendarPeriod of(CalendarUnit unit, LocalDate day) {
        LocalDate first = unit.first(day);
        return new CalendarPeriod(first, unit.plus(first, 1).minusDays(1), unit);
    }

    /**
     * Reads what somebody asks for: {@code week}, {@code month 2026-11}, {@code 2026-11-20}, or two days.
     *
     * @param word a unit, or a date for that day; null: the day
     * @param date which one; null: the present one
     * @param from the first day, instead of those two; else null
     * @param to the last day; null: today
     * @throws IllegalArgumentException with a sentence for whom asked
     */
    public static CalendarPeriod parse(
            @Nullable String word, @Nullable String date, @Nullable String from, @Nullable String to, LocalDate today) {
        CalendarPeriod asked = from == null && to == null
                ? ofUnit(word, date, today)
                : between(word == null ? date : word, from, to, today);
        // Of a day its report says so.
        if (asked.unit != CalendarUnit.DAY && asked.first.isAfter(today)) {
            throw new IllegalArgumentException(asked.words() + " is in the future; today is " + today);
        }
        return asked;
    }

    private static CalendarPeriod between(
            @Nullable String other, @Nullable String from, @Nullable String to, LocalDate today) {
        if (other != null) {
            throw new IllegalArgumentException("give either '" + other + "' or --from and --to, not both");
        }
        if (from == null) {
            throw new IllegalArgumentException("--to " + to + " needs --from, the first day of the period");
        }
        LocalDate first = day(from, today);
        LocalDate last = to == null ? today : day(to, today);
        return last.isBefore(first)
                ? refused("the period ends on " + last + ", before it begins on " + first
                        + (to == null ? ": it is in the future" : ": change --from and --to"))
                : new CalendarPeriod(first, last, first.equals(last) ? CalendarUnit.DAY : null);
    }

    private static CalendarPeriod refused(String why) {
        throw new IllegalArgumentException(why);
    }

    private static CalendarPeriod ofUnit(@Nullable String word, @Nullable String date, LocalDate today) {
        if (word == null) {
            return of(CalendarUnit.DAY, date == null ? today : day(date, today));
        }
        CalendarUnit unit = CalendarUnit.of(word).orElse(null);
        if (unit != null) {
            return of(unit, date == null ? today : dayIn(unit, date, today));
        }
        LocalDate day = dayOrNull(word, today);
        if (day == null) {
            throw new IllegalArgumentException("unknown period '" + word
                    + "': use day, week, month, year or a day, such as " + today + "; or --from and --to");
        }
        if (date != null) {
            throw new IllegalArgumentException(
                    "'" + word + "' is a day already, so '" + date + "' is one date too many");
        }
        return of(CalendarUnit.DAY, day);
    }

    /** A day of the one that is meant. */
    private static LocalDate dayIn(CalendarUnit unit, String date, LocalDate today) {
        if (date.equals(LAST)) {
            return unit.plus(unit.first(today), -1);
        }
        try {
            return switch (unit) {
                case MONTH -> YearMonth.parse(date).atDay(1);
                case YEAR -> Year.parse(date).atDay(1);
                case DAY, WEEK -> day(date, today);
            };
        } catch (DateTimeException e) {
            return day(date, today);
        }
    }

    private static LocalDate day(String date, LocalDate today) {
        LocalDate day = dayOrNull(date, today);
        if (day == null) {
            throw new IllegalArgumentException(
                    "invalid date '" + date + "': use today, yesterday or YYYY-MM-DD, such as " + today);
        }
        return day;
    }

    private static @Nullable LocalDate dayOrNull(String date, LocalDate today) {
        try {
            return NamedDay.of(date, today);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** As many days, or the same unit, right before it. */
    public CalendarPeriod before() {
        return unit == null
                ? new CalendarPeriod(first.minusDays(days()), first.minusDays(1), null)
                : of(unit, first.minusDays(1));
    }

    /** The number of its days. */
    long days() {
        return ChronoUnit.DAYS.between(first, last) + 1;
    }

    /**
     * The moment of this period that is as far into it as another one is into its period, by the calendar and the clock: on
     * the same day of the month at the same time, or at its end.
     */
    Instant sameMoment(Instant moment, CalendarPeriod of, ZoneId zone) {
        LocalDateTime local = moment.atZone(zone).toLocalDateTime();
        LocalDateTime same = unit == CalendarUnit.YEAR
                ? local.withYear(first.getYear())
                : first.plusDays(ChronoUnit.DAYS.between(of.first, local.toLocalDate()))
                        .atTime(local.toLocalTime());
        Instant end = last.plusDays(1).atStartOfDay(zone).toInstant();
        Instant at = same.atZone(zone).toInstant();
        return at.isBefore(end) ? at : end;
    }

    /** {@code November 2026}, {@code week 48 of 2026 (23 to 29 November 2026)}. */
    public String words() {
        if (unit == null) {
            return days(first, last);
        }
        return switch (unit) {
            case DAY -> LONG_DAY.format(first);
            case WEEK ->
                "week " + first.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) + " of " + first.get(IsoFields.WEEK_BASED_YEAR)
                        + " (" + days(first, last) + ")";
            case MONTH -> MONTH.format(first);
            case YEAR -> String.valueOf(first.getYear());
        };
    }

    /** The same after a preposition: {@code in November 2026}, {@code on Friday 20 November 2026}. */
    public String during() {
        return unit == null ? "from " + words() : unit == CalendarUnit.DAY ? "on " + words() : "in " + words();
    }

    /** {@code 23 to 29 November 2026}, as short as both days allow. */
    private static String days(LocalDate first, LocalDate last) {
        String begin = first.getYear() != last.getYear()
                ? DAY.format(first)
                : first.getMonth() != last.getMonth()
                        ? format("d MMMM").format(first)
                        : String.valueOf(first.getDayOfMonth());
        return begin + " to " + DAY.format(last);
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }
}
