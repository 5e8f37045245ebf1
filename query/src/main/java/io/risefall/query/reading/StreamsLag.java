package io.risefall.query.reading;

import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.FoundCluster;
import io.risefall.schemas.cluster.TopicNames;
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
    private final ProgressWatch progress = new ProgressWatch();

    StreamsLag(Clock clock) {
        this.clock = clock;
    }

    /** @param ends where the partitions of all topics end */
    Map<TopicPartition, StreamsBacklog> ask(
            Admin admin, FoundCluster found, Map<TopicPartition, Long> ends, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, Long> next = next(admin, found.names(), limit);
        boolean allBegun = ends.keySet().stream().filter(StreamsLag::isRead).allMatch(next::containsKey);
        Map<TopicPartition, Long> beginnings = allBegun ? Map.of() : TopicOffsets.beginnings(admin, found, limit);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Map<TopicPartition, StreamsBacklog> behind = new HashMap<>();
        ends.forEach((partition, end) -> {
            if (isRead(partition)) {
                long processed = next.getOrDefault(partition, beginnings.getOrDefault(partition, 0L));
                behind.put(partition, behind(partition, end - processed, now));
                progress.look(partition, processed, behind.get(partition).records(), now);
            }
        });
        return behind;
    }

    /** Who reads; after {@link #ask}. */
    StreamsGroup group(Admin admin, FoundCluster found, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        return new StreamsGroup(
                members(admin, found.names().streamsGroup(), limit),
                progress.since().orElse(null));
    }

    private static int members(Admin admin, String group, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .members()
                    .size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw e;
        }
    }

    private static boolean isRead(TopicPartition partition) {
        return READ.stream().anyMatch(topic -> topic.topic().equals(partition.topic()));
    }

    private StreamsBacklog behind(TopicPartition partition, long records, Instant now) {
        if (records <= MARK) {
            since.remove(partition);
            return new StreamsBacklog(0, null);
        }
        return new StreamsBacklog(records, since.computeIfAbsent(partition, any -> now));
    }

    /** The next offset that it processes, of each partition of which it has processed something. */
    private static Map<TopicPartition, Long> next(Admin admin, TopicNames names, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            Map<TopicPartition, Long> next = new HashMap<>();
            admin.listConsumerGroupOffsets(names.streamsGroup())
                    .partitionsToOffsetAndMetadata()
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((partition, committed) -> {
                        if (committed != null) {
                            next.put(names.own(partition), committed.offset());
                        }
                    });
            return next;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of(); // nobody ever read
            }
            throw e;
        }
    }
}
