package io.risefall.query.report.period;

import io.risefall.query.report.model.DayOutage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The outages of one reason.
 *
 * @param reason HAProxy's short code; null where no line gives one
 * @param outages how many touch the period
 * @param servers of how many servers
 * @param downMs their time within the period
 * @param longestMs whole length of the longest, so far
 */
public record ReasonPeriod(@Nullable String reason, int outages, int servers, long downMs, long longestMs) {
    /** The most time down first. */
    static List<ReasonPeriod> of(List<DayOutage> outages) {
        Map<String, Sums> sums = new HashMap<>();
        outages.forEach(outage ->
                sums.computeIfAbsent(words(outage.reason()), any -> new Sums()).add(outage));
        return sums.values().stream()
                .map(Sums::row)
                .sorted(Comparator.comparing((ReasonPeriod row) -> -row.downMs)
                        .thenComparing(row -> -row.outages)
                        .thenComparing(row -> words(row.reason)))
                .toList();
    }

    /** The reason, where there is one. */
    static String words(@Nullable String reason) {
        return Objects.requireNonNullElse(reason, "not logged");
    }

    private static final class Sums {
        private @Nullable String reason;
        private int outages;
        private final Set<String> servers = new TreeSet<>();
        private long downMs;
        private long longestMs;

        void add(DayOutage outage) {
            reason = outage.reason();
            outages++;
            servers.add(outage.name());
            downMs += outage.inDayMs();
            longestMs = Math.max(longestMs, outage.durationMs());
        }

        ReasonPeriod row() {
            return new ReasonPeriod(reason, outages, servers.size(), downMs, longestMs);
        }
    }
}
