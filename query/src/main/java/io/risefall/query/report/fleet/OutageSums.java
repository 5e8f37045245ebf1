package io.risefall.query.report.fleet;

import io.risefall.query.report.model.DayOutage;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What several outages come to, of one server or of all. Pure. */
public final class OutageSums {
    private OutageSums() {}

    /** The greatest of their lengths, each as {@code ms} has it; null without one. */
    public static @Nullable Long longest(List<DayOutage> outages, ToLongFunction<DayOutage> ms) {
        return outages.isEmpty()
                ? null
                : (Long) outages.stream().mapToLong(ms).max().orElseThrow();
    }

    /** Those that ended with an UP before that moment. */
    public static List<DayOutage> recovered(List<DayOutage> outages, Instant before) {
        return outages.stream().filter(outage -> outage.isRecovered(before)).toList();
    }

    /** Mean whole length of those that ended, in milliseconds; null without one. */
    public static @Nullable Long mttr(List<DayOutage> recovered) {
        return recovered.isEmpty()
                ? null
                : (Long) (long) Math.rint(recovered.stream()
                        .mapToLong(DayOutage::durationMs)
                        .average()
                        .orElseThrow());
    }
}
