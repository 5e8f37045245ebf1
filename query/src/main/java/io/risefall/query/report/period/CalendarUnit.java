package io.risefall.query.report.period;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a report may be of: its name is the word of the command line. */
public enum CalendarUnit {
    DAY,
    /** Of ISO 8601: from Monday. */
    WEEK,
    MONTH,
    YEAR;

    /** The unit of a word. */
    public static Optional<CalendarUnit> of(String word) {
        return Arrays.stream(values()).filter(unit -> unit.word().equals(word)).findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first day of the one that a day is in. */
    LocalDate first(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    /** The first day of one that is so many later. */
    LocalDate plus(LocalDate first, int count) {
        return switch (this) {
            case DAY -> first.plusDays(count);
            case WEEK -> first.plusWeeks(count);
            case MONTH -> first.plusMonths(count);
            case YEAR -> first.plusYears(count);
        };
    }
}
