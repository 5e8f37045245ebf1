package io.risefall.query.report.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What may be asked for, and which days that is. */
class CalendarPeriodTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void isAUnitOfTheCalendar() {
        is(asked(null, null), "2026-11-28", "2026-11-28", "Saturday 28 November 2026");
        is(asked("day", null), "2026-11-28", "2026-11-28", "Saturday 28 November 2026");
        is(asked("2026-11-20", null), "2026-11-20", "2026-11-20", "Friday 20 November 2026");
        is(asked("yesterday", null), "2026-11-27", "2026-11-27", "Friday 27 November 2026");
        is(asked("week", null), "2026-11-23", "2026-11-29", "week 48 of 2026 (23 to 29 November 2026)");
        is(asked("week", "2026-11-22"), "2026-11-16", "2026-11-22", "week 47 of 2026 (16 to 22 November 2026)");
        is(asked("month", null), "2026-11-01", "2026-11-30", "November 2026");
        is(asked("month", "2026-02"), "2026-02-01", "2026-02-28", "February 2026");
        is(asked("month", "2026-02-03"), "2026-02-01", "2026-02-28", "February 2026");
        is(asked("month", "last"), "2026-10-01", "2026-10-31", "October 2026");
        is(asked("week", "last"), "2026-11-16", "2026-11-22", "week 47 of 2026 (16 to 22 November 2026)");
        is(asked("year", null), "2026-01-01", "2026-12-31", "2026");
        is(asked("year", "2024"), "2024-01-01", "2024-12-31", "2024");
    }

    @Test
    void aWeekBelongsToTheYearThatHasItsThursday() {
        is(
                asked("week", "2021-01-01"),
                "2020-12-28",
                "2021-01-03",
                "week 53 of 2020 (28 December 2020 to 3 January 2021)");
    }

    @Test
    void isAnyDays() {
        is(between("2026-10-30", "2026-11-02"), "2026-10-30", "2026-11-02", "30 October to 2 November 2026");
        is(between("2026-11-26", null), "2026-11-26", "2026-11-28", "26 to 28 November 2026");
        is(between("yesterday", "yesterday"), "2026-11-27", "2026-11-27", "Friday 27 November 2026");
    }

    @Test
    void hasOneBefore() {
        is(asked("week", null).before(), "2026-11-16", "2026-11-22", "week 47 of 2026 (16 to 22 November 2026)");
        is(asked("month", "2026-03").before(), "2026-02-01", "2026-02-28", "February 2026");
        is(asked("year", null).before(), "2025-01-01", "2025-12-31", "2025");
        is(between("2026-10-30", "2026-11-02").before(), "2026-10-26", "2026-10-29", "26 to 29 October 2026");
    }

    @Test
    void theSameMomentOfTheOneBeforeIsThatOfTheClock() {
        CalendarPeriod november = asked("month", null);
        assertThat(november.before().sameMoment(Instant.parse("2026-11-28T13:00:00Z"), november, BERLIN))
                .isEqualTo("2026-10-28T13:00:00Z");
        // Before the end of summer time.
        assertThat(november.before().sameMoment(Instant.parse("2026-11-20T13:00:00Z"), november, BERLIN))
                .isEqualTo("2026-10-20T12:00:00Z");
        CalendarPeriod march = asked("month", "2026-03");
        assertThat(march.before().sameMoment(Instant.parse("2026-03-31T13:00:00Z"), march, BERLIN))
                .isEqualTo("2026-02-28T23:00:00Z");
        CalendarPeriod leapYear = asked("year", "2024");
        assertThat(leapYear.before().sameMoment(Instant.parse("2024-11-12T13:00:00Z"), leapYear, BERLIN))
                .isEqualTo("2023-11-12T13:00:00Z");
    }

    @Test
    void whatMeansNothingIsSaid() {
        refused(
                "weak",
                null,
                null,
                null,
                "unknown period 'weak': use day, week, month, year or a day, such as 2026-11-28");
        refused("month", "2026-13", null, null, "invalid date '2026-13': use today, yesterday or YYYY-MM-DD");
        refused(
                "2026-11-20",
                "2026-11-21",
                null,
                null,
                "'2026-11-20' is a day already, so '2026-11-21' is one date too many");
        refused(
                "week",
                "2026-12-20",
                null,
                null,
                "week 51 of 2026 (14 to 20 December 2026) is in the future; today is 2026-11-28");
        refused("week", null, "2026-11-20", null, "give either 'week' or --from and --to, not both");
        refused(null, null, null, "2026-11-20", "--to 2026-11-20 needs --from, the first day of the period");
        refused(
                null,
                null,
                "2026-11-20",
                "2026-11-19",
                "the period ends on 2026-11-19, before it begins on 2026-11-20");
        refused(null, null, "2026-12-20", null, "before it begins on 2026-12-20: it is in the future");
        refused(null, null, "soon", null, "invalid date 'soon'");
    }

    private static CalendarPeriod asked(@Nullable String word, @Nullable String date) {
        return CalendarPeriod.parse(word, date, null, null, TODAY);
    }

    private static CalendarPeriod between(@Nullable String from, @Nullable String to) {
        return CalendarPeriod.parse(null, null, from, to, TODAY);
    }

    private static void is(CalendarPeriod period, String first, String last, String words) {
        assertThat(period.first()).isEqualTo(first);
        assertThat(period.last()).isEqualTo(last);
        assertThat(period.words()).isEqualTo(words);
    }

    private static void refused(
            @Nullable String word, @Nullable String date, @Nullable String from, @Nullable String to, String why) {
        assertThatThrownBy(() -> CalendarPeriod.parse(word, date, from, to, TODAY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
