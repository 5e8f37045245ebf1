package io.risefall.query.time;

import java.time.DateTimeException;
import java.time.LocalDate;

/** A day as somebody names it: {@code today}, {@code yesterday} or {@code 2026-03-01}. */
public final class NamedDay {
    private NamedDay() {}

    /** @throws DateTimeException where it is no day */
    public static LocalDate of(String name, LocalDate today) {
        return switch (name) {
            case "today" -> today;
            case "yesterday" -> today.minusDays(1);
            default -> LocalDate.parse(name);
        };
    }
}
