package io.risefall.streams;

import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.streams.store.Names;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Results that the streams part has not emitted yet: entities with late lines that must still be replayed, read from the
 * changelog of their store. Create it after {@link HealthStreams#hasProcessed} was true: then it covers everything that was
 * processed. For one thread.
 */
public final class PendingCorrections implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    /** A fetch that waits for more data delays the end. */
    private static final int FETCH_MILLIS = 20;

    private final KafkaConsumer<byte[], byte[]> changelog;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> ends;
    private final Set<String> pending = new HashSet<>();

    public PendingCorrections(KafkaAddress kafka, Admin admin, String applicationId) throws InterruptedException {
        String topic = applicationId + "-" + Names.CORRECTIONS + "-changelog";
        Map<String, Object> config = kafka.clientProperties();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MILLIS);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        changelog = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partitions = changelog.listTopics().getOrDefault(topic, List.<PartitionInfo>of()).stream()
                .map(one -> new TopicPartition(topic, one.partition()))
                .toList();
        changelog.assign(partitions);
        changelog.seekToBeginning(partitions);
        // Includes uncommitted records: a commit is answered before every partition shows it.
        ends = HealthStreams.offsets(admin, partitions, OffsetSpec.latest());
    }

    /** Whether there are none left; takes up to a tenth of a second. */
    public boolean isEmpty() {
        if (partitions.isEmpty()) {
            return true;
        }
        for (ConsumerRecord<byte[], byte[]> record : changelog.poll(POLL)) {
            String entity = record.partition() + " " + new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                pending.remove(entity);
            } else {
                pending.add(entity);
            }
        }
        return pending.isEmpty()
                && ends.entrySet().stream().allMatch(end -> changelog.position(end.getKey()) >= end.getValue());
    }

    /** The number of entities, as far as is known. */
    public int size() {
        return pending.size();
    }

    @Override
    public void close() {
        changelog.close();
    }
}
