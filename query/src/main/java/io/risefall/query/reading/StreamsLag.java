package io.risefall.query.reading;

import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.FoundCluster;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** How far the streams part is behind what it reads, and since when. Asks Kafka; used by one thread. */
final class StreamsLag {
    /** What the streams part reads. */
    private static final List<Topics> READ = List.of(Topics.EVENTS, Topics.SIGNS, Topics.ABSENCES);

    /** Behind the last record a transaction can have its mark, which nobody processes. */
    private static final long MARK = 1;

    private final Clock clock;
    private final Map<TopicPartition, Instant> since = new HashMap<>();

    StreamsLag(Clock clock) {
        this.clock = clock;
    }

    /** @param ends where the partitions of all topics end */
    Map<TopicPartition, Behind> ask(Admin admin, FoundCluster found, Map<TopicPartition, Long> ends, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, Long> beginnings = TopicOffsets.beginnings(admin, found, limit);
        Map<TopicPartition, OffsetAndMetadata> committed = committed(admin, limit);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Map<TopicPartition, Behind> behind = new HashMap<>();
        ends.forEach((partition, end) -> {
            if (READ.stream().noneMatch(topic -> topic.topic().equals(partition.topic()))) {
                return;
            }
            OffsetAndMetadata next = committed.get(partition);
            long records = end - (next == null ? beginnings.getOrDefault(partition, 0L) : next.offset());
            if (records <= MARK) {
                since.remove(partition);
                records = 0;
            }
            Instant from = records == 0 ? now : since.computeIfAbsent(partition, any -> now);
            behind.put(partition, new Behind(records, from));
        });
        return behind;
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(Admin admin, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            return admin.listConsumerGroupOffsets(Topics.STREAMS_GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of(); // nobody ever read
            }
            throw e;
        }
    }
}
