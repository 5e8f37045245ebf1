package io.risefall.query.alert.route;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hours in which a route keeps its messages back, to tell at their end what is still true.
 *
 * @param from when they begin
 * @param to when they end; not later than {@code from}: on the next day
 * @param zone whose clock it is
 * @param days on which they begin; empty: every day
 * @param criticalPasses whether what is critical is told at once all the same
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone, Set<DayOfWeek> days, boolean criticalPasses) {
    public QuietHours {
        days = Set.copyOf(days);
    }

    /** When the quiet hours end in which this moment lies; null: it lies in none. Days that follow each other are one. */
    public @Nullable Instant endAfter(Instant at) {
        Instant end = endOfOne(at);
        for (int day = 0; end != null && day < DayOfWeek.values().length; day++) {
            Instant further = endOfOne(end);
            if (further == null) {
                return end;
            }
            end = further;
        }
        return end;
    }

    private @Nullable Instant endOfOne(Instant at) {
        LocalDate today = at.atZone(zone).toLocalDate();
        for (LocalDate day : List.of(today.minusDays(1), today)) {
            Instant begin = day.atTime(from).atZone(zone).toInstant();
            LocalDate last = to.isAfter(from) ? day : day.plusDays(1);
            Instant end = last.atTime(to).atZone(zone).toInstant();
            if (!at.isBefore(begin) && at.isBefore(end) && (days.isEmpty() || days.contains(day.getDayOfWeek()))) {
                return end;
            }
        }
        return null;
    }

    /** {@code 22:00-07:00 Europe/Berlin}. */
    @Override
    public String toString() {
        return from + "-" + to + " " + zone;
    }
}
