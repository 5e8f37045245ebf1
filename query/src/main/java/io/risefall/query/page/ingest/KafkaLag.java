package io.risefall.query.page.ingest;

import io.risefall.query.reading.ReadingState;
import io.risefall.query.reading.StreamsBacklog;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far behind Kafka the parts are.
 *
 * @param told whether Kafka has told at all
 * @param partitions how many it told of
 * @param toWarehouse records that are not in the warehouse
 * @param toStreams records that the streams part has not processed
 * @param behind the partitions of which something is to be read, most first
 */
public record KafkaLag(boolean told, int partitions, long toWarehouse, long toStreams, List<Behind> behind) {
    private static final int MOST = 60;

    /** @param since since when the streams part has not been at the end; null: it is, or does not read it */
    public record Behind(
            String topic,
            int partition,
            long toWarehouse,
            @Nullable Long toStreams,
            @Nullable Instant since) {
        long all() {
            return toWarehouse + (toStreams == null ? 0 : toStreams);
        }
    }

    static KafkaLag of(ReadingState reading) {
        Comparator<TopicPartition> byName =
                Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);
        Set<TopicPartition> all = Stream.of(reading.behind(), reading.streams())
                .map(Map::keySet)
                .flatMap(Set::stream)
                .collect(Collectors.toCollection(() -> new TreeSet<>(byName)));
        List<Behind> behind = all.stream()
                .map(partition -> behind(reading, partition))
                .filter(one -> one.all() > 0)
                .sorted(Comparator.comparing(Behind::all).reversed())
                .limit(MOST)
                .toList();
        return new KafkaLag(
                !all.isEmpty(),
                all.size(),
                reading.behind().values().stream().mapToLong(Long::longValue).sum(),
                reading.streams().values().stream()
                        .mapToLong(StreamsBacklog::records)
                        .sum(),
                behind);
    }

    private static Behind behind(ReadingState reading, TopicPartition partition) {
        StreamsBacklog streams = reading.streams().get(partition);
        return new Behind(
                partition.topic(),
                partition.partition(),
                reading.behind().getOrDefault(partition, 0L),
                streams == null ? null : streams.records(),
                streams == null ? null : streams.since());
    }
}
