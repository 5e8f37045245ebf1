package io.risefall.query.metrics;

import java.util.Map;

/**
 * How telling people and programs went in this process.
 *
 * @param acknowledged by channel, how often a receiver took a message
 * @param failed by channel, how often it did not
 * @param deliveryFailures how often what waits could not be looked at or recorded
 * @param engineFailures how often alerts could not be looked at
 * @param scheduleFailures how often reports that were due could not be made or stored
 */
public record NotificationCounts(
        Map<String, Long> acknowledged,
        Map<String, Long> failed,
        long deliveryFailures,
        long engineFailures,
        long scheduleFailures) {
    public NotificationCounts {
        acknowledged = Map.copyOf(acknowledged);
        failed = Map.copyOf(failed);
    }
}
