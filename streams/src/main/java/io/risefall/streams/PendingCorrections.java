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
 * What the streams part has heard and not yet said: subjects whose lines came late and are still to be heard again, as
 * the changelog of that store tells. To be made after {@link HealthStreams#hasProcessed} was true: then it covers all that
 * was processed. One thread.
 */
public final class PendingCorrections implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    /** A fetch that waits for more holds up the end of reading. */
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
        // With what is not committed yet: a commit is answered before it shows on every partition.
        ends = HealthStreams.offsets(admin, partitions, OffsetSpec.latest());
    }

    /** Whether there are none any more; takes a tenth of a second to find out. */
    public boolean isEmpty() {
        if (partitions.isEmpty()) {
            return true;
        }
        for (ConsumerRecord<byte[], byte[]> record : changelog.poll(POLL)) {
            String subject = record.partition() + " " + new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                pending.remove(subject);
            } else {
                pending.add(subject);
            }
        }
        return pending.isEmpty() && partitions.stream().allMatch(one -> changelog.position(one) >= ends.get(one));
    }

    /** How many subjects, as far as is known. */
    public int size() {
        return pending.size();
    }

    @Override
    public void close() {
        changelog.close();
    }
}
