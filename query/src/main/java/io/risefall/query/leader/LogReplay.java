package io.risefall.query.leader;

import io.risefall.query.sql.SqlTransaction;
import io.risefall.schemas.cluster.KafkaAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link ServeChangelog} from its beginning, and makes the tables of what people are told what it says: where it says something at all,
 * it is right, and what else the warehouse has there is deleted. One connection, one thread.
 */
final class LogReplay implements AutoCloseable {
    private static final int MOST_RECORDS = 2_000;

    private final TopicPartition changelog;
    private final Connection warehouse;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Set<String> known = new HashSet<>();
    private final long begin;
    private boolean cleared;
    private @Nullable String leader;

    /** @param warehouse may write; stays the caller's */
    LogReplay(KafkaAddress kafka, Connection warehouse) {
        changelog = kafka.names().serveChangelog();
        this.warehouse = warehouse;
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            consumer.assign(List.of(changelog));
            consumer.seekToBeginning(List.of(changelog));
            begin = end();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private long end() {
        return consumer.endOffsets(List.of(changelog)).getOrDefault(changelog, 0L);
    }

    /** Whether all is in the warehouse that was there when this began. */
    boolean isCurrent() {
        return consumer.position(changelog) >= begin;
    }

    /** What the one calls itself that led last; null: nobody has. */
    @Nullable String leader() {
        return leader;
    }

    /** Whether it says nothing, so that the warehouse is right. */
    boolean isEmpty() {
        return known.isEmpty();
    }

    /** Reads what has come, or comes within this time. */
    void step(Duration wait) throws SQLException {
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : consumer.poll(wait).records(changelog)) {
            take(record, values);
        }
        if (!values.isEmpty()) {
            SqlTransaction.run(warehouse, () -> ToldRows.put(warehouse, values));
        }
        if (!cleared && !isEmpty() && isCurrent()) {
            clear();
            cleared = true;
        }
    }

    private void take(ConsumerRecord<String, byte[]> record, Map<String, Optional<String>> values) {
        Optional<String> value =
                Optional.ofNullable(record.value()).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (record.key().equals(LeaderLog.LEADER)) {
            leader = value.orElse(null);
        } else if (ToldRows.isKey(record.key())) {
            values.put(record.key(), value);
            if (value.isPresent()) {
                known.add(record.key());
            } else {
                known.remove(record.key());
            }
        }
    }

    private void clear() throws SQLException {
        Map<String, Optional<String>> others = new LinkedHashMap<>();
        for (String key : ToldRows.keys(warehouse)) {
            if (!known.contains(key)) {
                others.put(key, Optional.empty());
            }
        }
        SqlTransaction.run(warehouse, () -> ToldRows.put(warehouse, others));
    }

    /** Reads all that was ever committed. */
    void readToEnd() throws SQLException {
        long end = end();
        do {
            step(Duration.ofMillis(100));
        } while (consumer.position(changelog) < end);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
