package io.risefall.query.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment as somebody names it: an age such as {@code 7d}, or a day such as {@code 2026-11-01}, which begins in a zone.
 *
 * @param at the moment
 * @param words {@code the last 7d}, {@code the time since 2026-11-01}
 */
public record Since(Instant at, String words) {
    private static final Pattern AGE = Pattern.compile("([1-9]\\d{0,5})([mhd])");

    /** @throws IllegalArgumentException with a sentence for whom asked */
    public static Since of(String text, ZoneId zone, Instant now) {
        Matcher age = AGE.matcher(text);
        if (age.matches()) {
            long count = Long.parseLong(age.group(1));
            Duration duration = switch (age.group(2)) {
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
            return new Since(now.minus(duration), "the last " + text);
        }
        LocalDate today = LocalDate.ofInstant(now, zone);
        try {
            LocalDate day = NamedDay.of(text, today);
            Instant at = day.atStartOfDay(zone).toInstant();
            if (at.isAfter(now)) {
                throw new IllegalArgumentException("'" + text + "' is in the future; today is " + today);
            }
            return new Since(at, "the time since " + day);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "invalid time '" + text + "': use an age such as 90m, 12h or 7d, or a day such as " + today, e);
        }
    }
}
