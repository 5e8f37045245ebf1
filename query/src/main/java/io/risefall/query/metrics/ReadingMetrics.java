package io.risefall.query.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.risefall.query.reading.ReadingState;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** How the reading of Kafka goes, as metrics. */
final class ReadingMetrics {
    private ReadingMetrics() {}

    static List<MetricSnapshot> of(ReadingState state) {
        GaugeSnapshot.Builder behind = GaugeSnapshot.builder()
                .name("risefall_warehouse_behind_records")
                .help("Offsets of the topic partition that are not in the warehouse yet, by the last answer"
                        + " from Kafka");
        state.behind().forEach((partition, records) -> behind.dataPoint(point(partition, records)));
        GaugeSnapshot.Builder streams = GaugeSnapshot.builder()
                .name("risefall_streams_behind_records")
                .help("Offsets of the topic partition that the streams part has not processed yet, by the"
                        + " last answer from Kafka");
        state.streams().forEach((partition, lag) -> streams.dataPoint(point(partition, lag.records())));
        GaugeSnapshot.Builder members = GaugeSnapshot.builder()
                .name("risefall_streams_members")
                .help("Threads of the streams part, of all its processes, by the last answer from Kafka");
        if (state.streamsGroup() != null) {
            members.dataPoint(GaugeDataPointSnapshot.builder()
                    .value(state.streamsGroup().members())
                    .build());
        }
        return List.of(kafkaUp(state.awaySince() == null), behind.build(), streams.build(), members.build());
    }

    static MetricSnapshot kafkaUp(boolean up) {
        return GaugeSnapshot.builder()
                .name("risefall_kafka_up")
                .help("1 while Kafka is reachable for this process, else 0")
                .dataPoint(GaugeDataPointSnapshot.builder().value(up ? 1 : 0).build())
                .build();
    }

    private static GaugeDataPointSnapshot point(TopicPartition partition, long records) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of("topic", partition.topic(), "partition", Integer.toString(partition.partition())))
                .value((double) records)
                .build();
    }
}
