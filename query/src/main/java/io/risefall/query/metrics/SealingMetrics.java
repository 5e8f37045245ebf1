package io.risefall.query.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.risefall.query.warehouse.facts.SealingCounts;
import java.util.List;

/** How days are written as files. */
final class SealingMetrics {
    private SealingMetrics() {}

    static List<MetricSnapshot> of(SealingCounts counts) {
        return List.of(
                OneSeries.gauge("risefall_sealed_manifests", "Manifests of sealed days: one a day", counts.days()),
                OneSeries.gauge("risefall_sealed_bytes", "Size of the files of sealed days", counts.bytes()),
                OneSeries.gauge(
                        "risefall_sealed_manifests_kept",
                        "Sealed days of which the warehouse has fewer lines than their files, which stay as they are",
                        counts.kept()),
                OneSeries.counter(
                        "risefall_sealed_manifests_written",
                        "Days that were sealed, or sealed again",
                        counts.written()),
                OneSeries.counter(
                        "risefall_sealing_failures",
                        "How often days could not be sealed, and were tried again",
                        counts.failures()));
    }
}
