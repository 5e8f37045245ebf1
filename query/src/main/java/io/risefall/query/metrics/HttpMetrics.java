package io.risefall.query.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.risefall.query.http.HttpCounts;
import java.util.List;

/** Who is connected, and who was refused. */
final class HttpMetrics {
    private HttpMetrics() {}

    static List<MetricSnapshot> of(HttpCounts counts) {
        CounterSnapshot.Builder refused = CounterSnapshot.builder()
                .name("risefall_http_refused")
                .help("Clients that got no answer, or not all of it, by reason");
        counts.refused()
                .forEach((why, count) -> refused.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(Labels.of("reason", why.word()))
                        .value(count)
                        .build()));
        return List.of(
                refused.build(),
                gauge("risefall_http_connections", "Open connections of clients", counts.connections()),
                gauge("risefall_http_event_streams", "Open pages that are told of changes", counts.streams()));
    }

    private static MetricSnapshot gauge(String name, String help, int value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }
}
