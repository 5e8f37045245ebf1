package io.risefall.query.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** What this process did to tell people and programs, since it started. What became of each message is in the warehouse. */
final class NotificationMetrics {
    private NotificationMetrics() {}

    static List<MetricSnapshot> of(NotificationCounts counts) {
        CounterSnapshot.Builder attempts = CounterSnapshot.builder()
                .name("risefall_notification_attempts")
                .help("Tries to send a message, by channel and by whether the receiver acknowledged it");
        counts.acknowledged().forEach((channel, count) -> attempts.dataPoint(attempt(channel, "acknowledged", count)));
        counts.failed().forEach((channel, count) -> attempts.dataPoint(attempt(channel, "failed", count)));
        return List.of(
                attempts.build(),
                OneSeries.counter(
                        "risefall_delivery_failures",
                        "How often messages could not be read or recorded, and were tried again",
                        counts.deliveryFailures()),
                OneSeries.counter(
                        "risefall_alert_engine_failures",
                        "How often alerts could not be looked at or stored, and were tried again",
                        counts.engineFailures()),
                OneSeries.counter(
                        "risefall_report_schedule_failures",
                        "How often the reports that are due could not be made or stored, and were tried again",
                        counts.scheduleFailures()));
    }

    private static CounterDataPointSnapshot attempt(String channel, String outcome, long count) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of("channel", channel, "outcome", outcome))
                .value((double) count)
                .build();
    }
}
