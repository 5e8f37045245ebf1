package io.risefall.streams;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** The usual Kafka clients, except that the consumers of stream threads are patient. */
final class PatientClients implements KafkaClientSupplier {
    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new PatientConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return getRestoreConsumer(config);
    }

    /**
     * Waits longer for records when none have come for a while: whenever a wait ends, the stream thread looks at all its tasks.
     * A record ends it at once. Used by one thread.
     */
    private static final class PatientConsumer extends KafkaConsumer<byte[], byte[]> {
        /** From the last record or commit. A commit follows each tick that had something to do, as a part of the replays. */
        private static final long QUIET_NANOS = Duration.ofSeconds(2).toNanos();
        /** A thread that is asked to stop notices it this late. */
        private static final Duration LONG = Duration.ofMillis(500);

        private long activeAt = System.nanoTime();

        PatientConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            ConsumerRecords<byte[], byte[]> records = super.poll(!timeout.isZero() && isQuiet() ? LONG : timeout);
            if (!records.isEmpty()) {
                activeAt = System.nanoTime();
            }
            return records;
        }

        /** A partition is paused while its stores are restored, or when more was read than is processed. */
        private boolean isQuiet() {
            return System.nanoTime() - activeAt > QUIET_NANOS && !assignment().isEmpty() && paused().isEmpty();
        }

        /** Needed for each commit. */
        @Override
        public ConsumerGroupMetadata groupMetadata() {
            activeAt = System.nanoTime();
            return super.groupMetadata();
        }

        /** A fetch under way would otherwise be waited for; Kafka answers it when records come, or when its time is over. */
        @Override
        public void close(CloseOptions options) {
            super.close(options.withTimeout(Duration.ZERO));
        }
    }
}
