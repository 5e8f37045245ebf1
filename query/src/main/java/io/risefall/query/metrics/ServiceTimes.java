package io.risefall.query.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** How long this process takes for what it does, and how its virtual machine is. Any thread. */
public final class ServiceTimes {
    private static final double[] WRITE_SECONDS = {0.005, 0.02, 0.1, 0.5, 2, 10};
    private static final double[] ANSWER_SECONDS = {0.01, 0.05, 0.25, 1, 5, 30};

    private final PrometheusRegistry registry = new PrometheusRegistry();

    private final Histogram writes = Histogram.builder()
            .name("risefall_warehouse_write_duration_seconds")
            .help("How long transactions of the warehouse took")
            .classicOnly()
            .classicUpperBounds(WRITE_SECONDS)
            .register(registry);

    private final Counter records = Counter.builder()
            .name("risefall_warehouse_written_records")
            .help("Records of Kafka that were written to the warehouse")
            .register(registry);

    private final Histogram answers = Histogram.builder()
            .name("risefall_answer_duration_seconds")
            .help("How long answers took, with the time in which they waited for a free slot")
            .labelNames("kind", "outcome")
            .classicOnly()
            .classicUpperBounds(ANSWER_SECONDS)
            .register(registry);

    ServiceTimes() {
        JvmMetrics.builder().register(registry);
    }

    /** A transaction of the warehouse is done. */
    public void written(int count, Duration took) {
        writes.observe(seconds(took));
        records.inc(count);
    }

    /**
     * Takes the time until {@code answer} is there.
     *
     * @param kind {@code sql}, or the name of a question
     */
    public <T> CompletionStage<T> timed(String kind, CompletionStage<T> answer) {
        long begun = System.nanoTime();
        answer.whenComplete((done, failure) -> answers.labelValues(kind, failure == null ? "answered" : "failed")
                .observe(seconds(Duration.ofNanos(System.nanoTime() - begun))));
        return answer;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    Stream<MetricSnapshot> snapshots() {
        return registry.scrape().stream();
    }
}
