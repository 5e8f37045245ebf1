package io.risefall.app;

import io.risefall.schemas.Topics;
import io.risefall.streams.HealthStreams;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Follows what was published through the streams part: waits until all that it leads to has been written,
 * and then for the warehouse.
 */
final class Queryable {
    /** The topics that the streams part writes. */
    private static final Set<Topics> DERIVED = Set.of(Topics.STATES, Topics.ROLLUPS, Topics.FLAPPING);

    private static final Duration POLL = Duration.ofMillis(50);

    private Queryable() {}

    /** Throws when what is waited for will not come. */
    interface Health {
        void check();
    }

    /** Waits until the records before these offsets, per topic and partition, have become rows. */
    interface Warehouse {
        void awaitRead(Map<TopicPartition, Long> next) throws InterruptedException;
    }

    /** Waits for the streams part, then for the warehouse. */
    static void await(
            String bootstrapServers, Map<Topics, Map<Integer, Long>> published, Health health, Warehouse warehouse)
            throws InterruptedException {
        Map<TopicPartition, Long> events = published.getOrDefault(Topics.EVENTS, Map.of()).entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> new TopicPartition(Topics.EVENTS.topic(), entry.getKey()), Map.Entry::getValue));
        Map<TopicPartition, Long> next = new HashMap<>();
        published.forEach((topic, offsets) -> offsets.forEach(
                (partition, offset) -> next.put(new TopicPartition(topic.topic(), partition), offset + 1)));
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            while (!HealthStreams.hasProcessed(admin, AllInOne.STREAMS_APPLICATION, events)) {
                health.check();
                Thread.sleep(POLL.toMillis());
            }
            next.putAll(ends(admin));
        }
        warehouse.awaitRead(next);
    }

    private static Map<TopicPartition, Long> ends(Admin admin) throws InterruptedException {
        try {
            List<String> names = DERIVED.stream().map(Topics::topic).toList();
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            for (TopicDescription topic :
                    admin.describeTopics(names).allTopicNames().get().values()) {
                topic.partitions()
                        .forEach(partition -> wanted.put(
                                new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
            }
            Map<TopicPartition, Long> ends = new HashMap<>();
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : admin.listOffsets(
                            wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get()
                    .entrySet()) {
                ends.put(end.getKey(), end.getValue().offset());
            }
            return ends;
        } catch (ExecutionException e) {
            throw new Failure("cannot ask Kafka how far the streams part is: " + Failure.reason(e), e);
        }
    }
}
