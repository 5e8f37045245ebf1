package io.risefall.query.schedule;

import io.risefall.query.report.period.CalendarPeriod;
import io.risefall.query.report.period.CalendarUnit;
import io.risefall.query.text.Nearest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A report that is sent when its period is over.
 *
 * @param unit what it is of; not a year
 * @param at when it is sent, on the day after its period
 * @param zone of that time, and of the days of the report
 * @param backend the only backend that it is about; null: all
 * @param to where it goes: the name of a channel, or {@code folder:DIR}
 */
public record ScheduledReport(
        CalendarUnit unit,
        LocalTime at,
        ZoneId zone,
        @Nullable String backend,
        List<String> to) {
    public ScheduledReport {
        to = List.copyOf(to);
    }

    /**
     * Reads what a configuration says.
     *
     * @param report {@code day}, {@code week} or {@code month}
     * @param at {@code 06:00 Europe/Berlin}; without a zone, that of the service
     * @throws IllegalArgumentException with a sentence for whom wrote it
     */
    public static ScheduledReport of(String report, String at, @Nullable String backend, List<String> to, ZoneId own) {
        if (to.isEmpty()) {
            throw new IllegalArgumentException("to: names nobody; give channels, or folder:/a/directory");
        }
        String[] parts = at.strip().split("\\s+", 2);
        return new ScheduledReport(unit(report), time(parts[0]), parts.length == 1 ? own : zone(parts[1]), backend, to);
    }

    private static CalendarUnit unit(String report) {
        List<String> words = new ArrayList<>();
        for (CalendarUnit unit : List.of(CalendarUnit.DAY, CalendarUnit.WEEK, CalendarUnit.MONTH)) {
            if (unit.word().equals(report)) {
                return unit;
            }
            words.add(unit.word());
        }
        throw new IllegalArgumentException("report: must be day, week or month, and is '" + report + "'"
                + Nearest.hint(report.toLowerCase(Locale.ROOT), new TreeSet<>(words)));
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "at: must be a time and a zone, such as 06:00 Europe/Berlin, and begins with '" + text + "'", e);
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("at: '" + text + "' is no zone, such as Europe/Berlin", e);
        }
    }

    /** What makes two of them the same report: not when it is sent, so that a change of that sends nothing twice. */
    public String key() {
        return unit.word() + " " + zone.getId() + (backend == null ? "" : " " + backend);
    }

    /** When the report of a period is to be sent: an hour that summer time leaves out is the next one. */
    public Instant dueAt(CalendarPeriod period) {
        return period.last().plusDays(1).atTime(at).atZone(zone).toInstant();
    }

    /**
     * The periods whose report became due, the oldest first.
     *
     * @param after not before or at this moment
     * @param most the latest ones, at most so many
     */
    public List<CalendarPeriod> due(Instant after, Instant now, int most) {
        List<CalendarPeriod> due = new ArrayList<>();
        CalendarPeriod period = CalendarPeriod.of(unit, LocalDate.ofInstant(now, zone));
        while (due.size() < most && dueAt(period).isAfter(after)) {
            if (!dueAt(period).isAfter(now)) {
                due.add(period);
            }
            period = period.before();
        }
        Collections.reverse(due);
        return due;
    }
}
