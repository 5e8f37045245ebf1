package io.risefall.app.kafka;

import io.risefall.schemas.cluster.KafkaAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds the last committed record of a partition. The end offset is not enough: transaction markers and aborted records follow
 * the last committed one.
 */
public final class LastRecords {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long FIRST_WINDOW = 100;
    private static final long GROWTH = 10;
    /** A fetch that waits for more records delays the end of reading. */
    private static final int FETCH_MILLIS = 20;

    private LastRecords() {}

    /** The offset of the last committed record before each end; a partition without one is left out. */
    public static Map<TopicPartition, Long> before(Map<TopicPartition, Long> ends, KafkaAddress kafka) {
        Map<TopicPartition, Long> last = new HashMap<>();
        Map<String, Object> config = kafka.clientProperties();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MILLIS);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(ends.keySet());
            ends.forEach((partition, end) -> find(
                            consumer, partition, Objects.requireNonNull(beginnings.get(partition)), end)
                    .ifPresent(offset -> last.put(partition, offset)));
        }
        return last;
    }

    /** Searches backwards from the end in growing windows: the record is nearly always just before the end. */
    private static OptionalLong find(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long beginning, long end) {
        consumer.assign(List.of(partition));
        for (long window = FIRST_WINDOW; ; window *= GROWTH) {
            long from = Math.max(beginning, end - window);
            OptionalLong found = lastIn(consumer, partition, from, end);
            if (found.isPresent() || from == beginning) {
                return found;
            }
        }
    }

    private static OptionalLong lastIn(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end) {
        consumer.seek(partition, from);
        OptionalLong last = OptionalLong.empty();
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end) {
                    last = OptionalLong.of(record.offset());
                }
            }
        }
        return last;
    }
}
