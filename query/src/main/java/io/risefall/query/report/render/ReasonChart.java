package io.risefall.query.report.render;

import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.ReasonHour;
import io.risefall.query.report.text.DayText;
import io.risefall.query.text.Counts;
import io.risefall.query.time.LocalTimes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The geometry of failed checks by hour, stacked by reason, in a box of 1000 by {@link #HEIGHT} units, and the totals of
 * each reason, which are its legend. Two hours at least, else there is nothing to compare and the totals say it all.
 */
public final class ReasonChart {
    public static final int HEIGHT = 160;
    private static final int WIDTH = 1000;
    private static final double GAP = 0.18;

    private final DayReport report;
    private final LocalTimes times;

    ReasonChart(DayReport report) {
        this.report = report;
        this.times = new LocalTimes(report.day(), report.zone());
    }

    /** A piece of a column. */
    public record Piece(String reason, double x, double y, double width, double height, String title) {}

    /** A mark of an axis: its place in percent from the left or the top. */
    public record Tick(double percent, String label) {}

    /** One reason over the whole day: failed checks, how many marked a server DOWN, its share of the most frequent. */
    public record Total(String reason, String words, long failures, long downs, double percent) {}

    public boolean isWorthDrawing() {
        return report.rows(ReasonHour.SECTION).stream()
                        .map(ReasonHour::hour)
                        .distinct()
                        .count()
                >= 2;
    }

    public List<Total> totals() {
        Map<String, long[]> sums = new LinkedHashMap<>();
        for (ReasonHour hour : report.rows(ReasonHour.SECTION)) {
            long[] sum = sums.computeIfAbsent(hour.reason(), r -> new long[2]);
            sum[0] += hour.failures();
            sum[1] += hour.downs();
        }
        long most = sums.values().stream().mapToLong(sum -> sum[0]).max().orElse(1);
        return sums.entrySet().stream()
                .map(entry -> new Total(
                        entry.getKey(),
                        DayText.inWords(entry.getKey()),
                        entry.getValue()[0],
                        entry.getValue()[1],
                        round(entry.getValue()[0] * 100.0 / Math.max(1, most))))
                .sorted(Comparator.comparing((Total total) -> -total.failures()).thenComparing(Total::reason))
                .toList();
    }

    public List<Piece> pieces() {
        List<String> order = totals().stream().map(Total::reason).toList();
        Map<Instant, Map<String, Long>> hours = byHour();
        double scale = (double) HEIGHT / top();
        double step = (double) WIDTH / hoursOfDay();
        List<Piece> pieces = new ArrayList<>();
        hours.forEach((hour, reasons) -> {
            double y = HEIGHT;
            for (String reason : order) {
                long failures = reasons.getOrDefault(reason, 0L);
                if (failures > 0) {
                    double height = failures * scale;
                    y -= height;
                    double x = (index(hour) + GAP / 2) * step;
                    String title = times.minute(hour) + ": " + Counts.plural(failures, "failed check") + ", " + reason;
                    pieces.add(new Piece(reason, round(x), round(y), round(step * (1 - GAP)), round(height), title));
                }
            }
        });
        return pieces;
    }

    /** Every third hour. */
    public List<Tick> hours() {
        List<Tick> ticks = new ArrayList<>();
        int hours = hoursOfDay();
        for (int i = 0; i < hours; i += 3) {
            ticks.add(new Tick(i * 100.0 / hours, times.minute(report.from().plus(i, ChronoUnit.HOURS))));
        }
        return ticks;
    }

    /** Three heights, from the top. */
    public List<Tick> heights() {
        long top = top();
        return top < 2
                ? List.of(new Tick(0, "1"))
                : List.of(new Tick(0, Counts.grouped(top)), new Tick(50, Counts.grouped(top / 2)));
    }

    /** The scale's top: 1, 2, 4, 6, 8 or 10 times a power of ten, not below the highest column. */
    private long top() {
        long most = byHour().values().stream()
                .mapToLong(reasons ->
                        reasons.values().stream().mapToLong(Long::longValue).sum())
                .max()
                .orElse(1);
        for (long power = 1; ; power *= 10) {
            for (long step : new long[] {1, 2, 4, 6, 8}) {
                if (step * power >= most) {
                    return step * power;
                }
            }
        }
    }

    private Map<Instant, Map<String, Long>> byHour() {
        Map<Instant, Map<String, Long>> hours = new LinkedHashMap<>();
        report.rows(ReasonHour.SECTION)
                .forEach(reason -> hours.computeIfAbsent(reason.hour(), h -> new HashMap<>())
                        .merge(reason.reason(), reason.failures(), Long::sum));
        return hours;
    }

    private double index(Instant hour) {
        return ChronoUnit.MINUTES.between(report.from(), hour) / 60.0;
    }

    private int hoursOfDay() {
        return (int) Math.max(1, ChronoUnit.HOURS.between(report.from(), report.dayEnd()));
    }

    private static double round(double units) {
        return Math.round(units * 100) / 100.0;
    }
}
