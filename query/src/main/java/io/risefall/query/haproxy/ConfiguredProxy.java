package io.risefall.query.haproxy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code backend} or {@code listen}; null: no line sets it.
 *
 * @param place where the section begins
 * @param logsChecks {@code option log-health-checks}
 * @param logs where it logs, those of {@code global} included where it says so
 */
public record ConfiguredProxy(
        String name,
        Place place,
        @Nullable Configured<Boolean> logsChecks,
        @Nullable Configured<Long> checkTimeout,
        @Nullable Configured<Long> connectTimeout,
        List<LogDestination> logs) {
    public ConfiguredProxy {
        logs = List.copyOf(logs);
    }
}
