package io.risefall.query.leader;

import io.risefall.schemas.cluster.KafkaAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Who leads: the member of a consumer group that has the one partition of {@link ServeChangelog}. It keeps it while it lives; another one has
 * it at once after an orderly end, and 10 s after a crash. One thread.
 */
final class Election implements AutoCloseable {
    private static final Duration SESSION = Duration.ofSeconds(10);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    /** Who takes over reads all that was told, which can take longer than Kafka's usual five minutes. */
    private static final Duration TURN = Duration.ofMinutes(15);

    private final TopicPartition changelog;
    private final KafkaConsumer<byte[], byte[]> consumer;

    Election(KafkaAddress kafka) {
        changelog = kafka.names().serveChangelog();
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, kafka.names().serveGroup());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Math.toIntExact(SESSION.toMillis()));
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Math.toIntExact(HEARTBEAT.toMillis()));
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Math.toIntExact(TURN.toMillis()));
        // Others would give the partition to whose name comes first.
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(changelog.topic()), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                // It is read by LogReplay.
                consumer.pause(partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                // Seen after the poll.
            }
        });
    }

    /** Takes part for a while, and tells whether this one leads after it. */
    boolean leads(Duration wait) {
        consumer.poll(wait);
        return consumer.assignment().contains(changelog);
    }

    /** Leaves the group, so that another one leads at once. */
    @Override
    public void close() {
        consumer.close();
    }
}
