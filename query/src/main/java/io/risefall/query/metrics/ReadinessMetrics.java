package io.risefall.query.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;

/** What {@code /readyz} says, as a metric. */
final class ReadinessMetrics {
    private ReadinessMetrics() {}

    static MetricSnapshot of(Map<String, Boolean> checks) {
        GaugeSnapshot.Builder ready =
                GaugeSnapshot.builder().name("risefall_ready").help("1 while the check of /readyz is well, else 0");
        checks.forEach((check, well) -> ready.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("check", check))
                .value(well ? 1 : 0)
                .build()));
        return ready.build();
    }
}
