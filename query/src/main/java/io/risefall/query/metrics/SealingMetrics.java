package io.risefall.query.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.risefall.query.warehouse.facts.SealingCounts;
import java.util.List;

/** How days are written as files. */
final class SealingMetrics {
    private SealingMetrics() {}

    static List<MetricSnapshot> of(SealingCounts counts) {
        return List.of(
                gauge("risefall_sealed_manifests", "Manifests of sealed days: one a day", counts.days()),
                gauge("risefall_sealed_bytes", "Size of the files of sealed days", counts.bytes()),
                gauge(
                        "risefall_sealed_manifests_kept",
                        "Sealed days of which the warehouse has fewer lines than their files, which stay as they are",
                        counts.kept()),
                counter(
                        "risefall_sealed_manifests_written",
                        "Days that were sealed, or sealed again",
                        counts.written()),
                counter(
                        "risefall_sealing_failures",
                        "How often days could not be sealed, and were tried again",
                        counts.failures()));
    }

    private static MetricSnapshot gauge(String name, String help, long value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(
                        GaugeDataPointSnapshot.builder().value((double) value).build())
                .build();
    }

    private static MetricSnapshot counter(String name, String help, long value) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(
                        CounterDataPointSnapshot.builder().value((double) value).build())
                .build();
    }
}
