package io.risefall.query.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.risefall.query.leader.Leadership;
import java.util.List;

/** Whether this process leads, of several. */
final class LeadershipMetrics {
    private LeadershipMetrics() {}

    static List<MetricSnapshot> of(Leadership leadership) {
        return List.of(
                GaugeSnapshot.builder()
                        .name("risefall_leader")
                        .help("1 while this serve leads and sends alerts and reports, else 0; the sum over all is 1")
                        .dataPoint(GaugeDataPointSnapshot.builder()
                                .value(leadership.role().leads() ? 1 : 0)
                                .build())
                        .build(),
                CounterSnapshot.builder()
                        .name("risefall_leader_takeovers")
                        .help("How often this serve has begun to lead since it started")
                        .dataPoint(CounterDataPointSnapshot.builder()
                                .value((double) leadership.takeovers())
                                .build())
                        .build(),
                CounterSnapshot.builder()
                        .name("risefall_leader_foreign_records")
                        .help("Records of the leader's topic that no leader has written, and that were skipped")
                        .dataPoint(CounterDataPointSnapshot.builder()
                                .value((double) leadership.foreignRecords())
                                .build())
                        .build(),
                CounterSnapshot.builder()
                        .name("risefall_leader_failures")
                        .help("How often this serve could neither lead nor stand by, and tried again")
                        .dataPoint(CounterDataPointSnapshot.builder()
                                .value((double) leadership.failures())
                                .build())
                        .build());
    }
}
