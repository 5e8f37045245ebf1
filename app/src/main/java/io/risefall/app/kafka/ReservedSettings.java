package io.risefall.app.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Settings of Kafka clients that are Risefall's own, each with the reason why nobody else sets it. */
final class ReservedSettings {
    private static final Map<String, String> REASONS = new HashMap<>();

    /** By which Kafka Streams gives a setting to some of its clients only. */
    private static final List<String> PREFIXES = List.of(
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX,
            StreamsConfig.ADMIN_CLIENT_PREFIX,
            StreamsConfig.TOPIC_PREFIX);

    static {
        reserve("the address is given by --bootstrap-servers", CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        reserve(
                "Risefall names its clients, groups and transactions itself; --instance names a process",
                CommonClientConfigs.CLIENT_ID_CONFIG,
                CommonClientConfigs.GROUP_ID_CONFIG,
                CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        reserve(
                "only with Risefall's own value does each line count exactly once",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                ProducerConfig.ACKS_CONFIG,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        reserve(
                "Risefall reads and writes its records itself",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
        reserve(
                "Risefall decides which partition a record belongs to, and who reads it",
                ProducerConfig.PARTITIONER_CLASS_CONFIG,
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG);
        reserve(
                "Risefall's own waits, transactions and amounts of memory depend on its value",
                CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
                CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
                CommonClientConfigs.SESSION_TIMEOUT_MS_CONFIG,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                ProducerConfig.LINGER_MS_CONFIG,
                ProducerConfig.BATCH_SIZE_CONFIG,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                ProducerConfig.COMPRESSION_TYPE_CONFIG);
        Set<String> ofStreams = new TreeSet<>(StreamsConfig.configDef().names());
        ofStreams.removeAll(AdminClientConfig.configNames());
        ofStreams.removeAll(ConsumerConfig.configNames());
        ofStreams.removeAll(ProducerConfig.configNames());
        reserve(
                "it is a setting of Kafka Streams, which Risefall makes itself; see: risefall streams --help",
                ofStreams.toArray(String[]::new));
    }

    private ReservedSettings() {}

    private static void reserve(String reason, String... keys) {
        for (String key : keys) {
            REASONS.put(key, reason);
        }
    }

    /** Why {@code key} cannot be set; empty if it can. */
    static Optional<String> reason(String key) {
        String reason = REASONS.get(key);
        if (reason != null) {
            return Optional.of(reason);
        }
        return PREFIXES.stream()
                .filter(key::startsWith)
                .findFirst()
                .map(prefix -> "settings are for all clients alike; without " + prefix + " it may be set");
    }
}
