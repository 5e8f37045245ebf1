package io.risefall.query.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.risefall.query.leader.Leadership;
import java.util.List;

/** Whether this process leads, of several. */
final class LeadershipMetrics {
    private LeadershipMetrics() {}

    static List<MetricSnapshot> of(Leadership leadership) {
        return List.of(
                OneSeries.gauge(
                        "risefall_leader",
                        "1 while this serve leads and sends alerts and reports, else 0; the sum over all is 1",
                        leadership.role().leads() ? 1 : 0),
                OneSeries.counter(
                        "risefall_leader_takeovers",
                        "How often this serve has begun to lead since it started",
                        leadership.takeovers()),
                OneSeries.counter(
                        "risefall_leader_foreign_records",
                        "Records of the leader's topic that no leader has written, and that were skipped",
                        leadership.foreignRecords()),
                OneSeries.counter(
                        "risefall_leader_failures",
                        "How often this serve could neither lead nor stand by, and tried again",
                        leadership.failures()));
    }
}
