package io.risefall.query.budget;

import io.risefall.query.time.Since;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The period of a budget: half-open.
 *
 * @param words {@code November 2026}, {@code the last 7d}
 */
public record BudgetPeriod(Instant from, Instant to, ZoneId zone, String words) {
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);

    /**
     * Reads the period.
     *
     * @param month {@code 2026-11}; null: this month
     * @param since until now, see {@link Since}; null: the month
     * @throws IllegalArgumentException with a sentence for whom asked
     */
    public static BudgetPeriod of(@Nullable String month, @Nullable String since, ZoneId zone, Instant now) {
        if (since != null) {
            if (month != null) {
                throw new IllegalArgumentException("give either --month or --since, not both");
            }
            Since begin = Since.of(since, zone, now);
            return new BudgetPeriod(begin.at(), now, zone, begin.words());
        }
        YearMonth asked = month(month, YearMonth.from(now.atZone(zone)));
        return new BudgetPeriod(
                asked.atDay(1).atStartOfDay(zone).toInstant(),
                asked.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant(),
                zone,
                MONTH.format(asked));
    }

    /** The month of a moment, as {@code --month} takes it. */
    static String monthOf(Instant at, ZoneId zone) {
        return YearMonth.from(at.atZone(zone)).toString();
    }

    private static YearMonth month(@Nullable String text, YearMonth current) {
        try {
            return text == null ? current : YearMonth.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("invalid month '" + text + "': use YYYY-MM, such as " + current, e);
        }
    }
}
