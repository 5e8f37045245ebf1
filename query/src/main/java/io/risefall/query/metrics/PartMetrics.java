package io.risefall.query.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a part without a warehouse does, in Prometheus' text format. What the query process tells as well has the same name. Any thread. */
public final class PartMetrics {
    private final DataMetrics data;
    private final PrometheusRegistry machine = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    public PartMetrics(Path dataDir) {
        data = new DataMetrics(dataDir, null);
        JvmMetrics.builder().register(machine);
    }

    /**
     * As it is now.
     *
     * @param checks of each check of {@code /readyz} whether it is well
     * @param waiting what the part has still to do, by source or partition
     */
    public byte[] page(boolean kafkaUp, Map<String, Boolean> checks, Map<String, Long> waiting) throws IOException {
        List<MetricSnapshot> families = new ArrayList<>();
        families.add(ReadingMetrics.kafkaUp(kafkaUp));
        families.add(ReadinessMetrics.of(checks));
        GaugeSnapshot.Builder waits = GaugeSnapshot.builder()
                .name("risefall_part_waiting")
                .help("Messages in journals, or records of Kafka, that this process has still to read, by source or"
                        + " partition");
        waiting.forEach((of, count) -> waits.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("of", of))
                .value((double) count)
                .build()));
        families.add(waits.build());
        data.snapshots().forEach(families::add);
        machine.scrape().forEach(families::add);
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        writer.write(page, new MetricSnapshots(families), EscapingScheme.UNDERSCORE_ESCAPING);
        return page.toByteArray();
    }
}
