package io.risefall.query.leader;

import io.risefall.query.alert.model.AlertLog;
import io.risefall.query.alert.model.ChangedRows;
import io.risefall.query.sql.SqlTransaction;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.cluster.KafkaTrouble;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The leader's log: each change is in Kafka before it is in the warehouse, so whoever leads next knows of all that was decided and sent.
 * The transactional id is the fence: Kafka refuses all that an older leader writes. After a failure it is not known what Kafka has, so it is
 * of no more use. Any thread; changes come one after another, since rows that were read while others change them would undo that.
 */
final class LeaderLog implements AlertLog, AutoCloseable {
    /** Key of the record by which the leader shows that it leads. */
    static final String LEADER = "leader";

    /**
     * Header of records that this build cannot read, and the next ones may write: who does not know the format does not lead. Fields and
     * tables can be added without.
     */
    static final String FORMAT = "risefall-format";

    /** A leader that stood still for longer after Kafka agreed asks once more: the others wait for twice as long. */
    private static final Duration VALID = Duration.ofSeconds(5);

    /** What is decided must come through, or be given up, before others lead. */
    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** The first one copies all that the warehouse has. */
    private static final Duration TRANSACTION = Duration.ofMinutes(5);

    private final TopicPartition changelog;
    private final String name;
    private final KafkaProducer<String, byte[]> producer;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean lost;

    /**
     * Stops every older leader.
     *
     * @param name what the others call this one
     */
    LeaderLog(KafkaAddress kafka, String name) {
        changelog = kafka.names().serveChangelog();
        this.name = name;
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, kafka.names().serveGroup());
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(TRANSACTION.toMillis()));
        // Values are few and large.
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ServeChangelog.MOST_BYTES);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * ServeChangelog.MOST_BYTES);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(ANSWER.toMillis() / 2));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(ANSWER.toMillis()));
        producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** Whether it is of no more use. */
    boolean isLost() {
        return lost;
    }

    /** Publishes rows as they are. */
    void publish(Connection warehouse, Set<String> keys) throws SQLException {
        inTransaction(warehouse, changed -> changed.addAll(keys));
    }

    @Override
    public void inTransaction(Connection connection, Changes changes) throws SQLException {
        lock.lock();
        try {
            check();
            // Once it is sent, Kafka may have what the warehouse has not: only who reads it anew knows.
            AtomicBoolean sent = new AtomicBoolean();
            try {
                SqlTransaction.run(connection, () -> {
                    ChangedRows changed = new ChangedRows();
                    changes.make(changed);
                    if (!changed.keys().isEmpty()) {
                        sent.set(true);
                        commit(records(connection, changed.keys()));
                    }
                });
            } catch (SQLException | RuntimeException e) {
                lost |= sent.get();
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    private List<ProducerRecord<String, byte[]>> records(Connection connection, Set<String> keys) throws SQLException {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (String key : keys) {
            records.add(record(key, ToldRows.rows(connection, key).orElse(null)));
        }
        return records;
    }

    private ProducerRecord<String, byte[]> record(String key, @Nullable String value) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(changelog.topic(), changelog.partition(), key, bytes);
    }

    private void commit(List<ProducerRecord<String, byte[]>> records) {
        try {
            producer.beginTransaction();
            records.forEach(producer::send);
            producer.commitTransaction();
        } catch (KafkaException e) {
            lost = true;
            throw new LostLeadershipException(
                    "this serve does not know any more whether it leads: " + KafkaTrouble.reason(e), e);
        }
    }

    private void check() {
        if (lost) {
            throw new LostLeadershipException("this serve leads no more", null);
        }
    }

    /** By a transaction, which only the leader can commit. */
    @Override
    public void confirm() {
        lock.lock();
        try {
            long asked;
            do {
                check();
                asked = System.nanoTime();
                commit(List.of(record(LEADER, name)));
            } while (System.nanoTime() - asked > VALID.toNanos());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
