package io.risefall.query.leader;

import io.risefall.query.sql.SqlTransaction;
import io.risefall.query.warehouse.DuckDbProblem;
import io.risefall.schemas.cluster.KafkaAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
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
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link ServeChangelog} from its beginning, and makes the tables of what people are told what it says: where it says something at all,
 * it is right, and what else the warehouse has there is deleted. One connection, one thread.
 *
 * <p>A record that no leader has written is skipped, as nobody would be told of anything else while it is there. Without a key of a table
 * of this build it hides no decision. Under such a key it does: what the warehouse knows of the key stays, and who leads writes it again;
 * one message may come twice then, or not at all. What a newer build marks as its own is not skipped: another serve can read it.
 */
final class LogReplay implements AutoCloseable {
    private static final int MOST_RECORDS = 2_000;

    private final TopicPartition changelog;
    private final Connection warehouse;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Set<String> known = new HashSet<>();
    /** Keys of tables, and the offsets of foreign records that hide what was decided there. */
    private final Map<String, Long> unread = new HashMap<>();

    private final ForeignRecords foreign;
    private final long begin;
    private boolean cleared;
    private @Nullable String leader;

    /**
     * @param warehouse may write; stays the caller's
     * @param foreign takes what is skipped
     */
    LogReplay(KafkaAddress kafka, Connection warehouse, ForeignRecords foreign) {
        this.foreign = foreign;
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

    /** The keys whose decisions are hidden by foreign records: only the warehouse may still know them. */
    Set<String> unread() {
        return Set.copyOf(unread.keySet());
    }

    /** Reads what has come, or comes within this time. */
    void step(Duration wait) throws SQLException {
        Map<String, ConsumerRecord<String, byte[]>> values = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : consumer.poll(wait).records(changelog)) {
            take(record, values);
        }
        if (!values.isEmpty()) {
            put(values);
        }
        if (!cleared && !isEmpty() && isCurrent()) {
            clear();
            cleared = true;
        }
    }

    private void take(ConsumerRecord<String, byte[]> record, Map<String, ConsumerRecord<String, byte[]>> values) {
        Header format = record.headers().lastHeader(LeaderLog.FORMAT);
        if (format != null) {
            throw new NewerLeaderException(
                    "partition " + record.partition() + ", offset " + record.offset() + " of " + record.topic()
                            + " is of a newer build: this serve can lead and stand by when it is of that build, too");
        }
        String key = record.key();
        if (key == null) {
            foreign.add(record, "it has no key");
        } else if (key.equals(LeaderLog.LEADER)) {
            leader = value(record).orElse(null);
        } else if (!ToldRows.isKey(key)) {
            foreign.add(record, "its key " + key + " is of no table of this build");
        } else {
            Optional<String> problem = value(record).flatMap(rows -> ToldRows.problem(key, rows));
            if (problem.isPresent()) {
                hidden(record, problem.get());
            } else {
                values.put(key, record);
            }
        }
    }

    private static Optional<String> value(ConsumerRecord<String, byte[]> record) {
        return Optional.ofNullable(record.value()).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private void hidden(ConsumerRecord<String, byte[]> record, String why) {
        unread.put(record.key(), record.offset());
        foreign.add(record, why);
    }

    private void put(Map<String, ConsumerRecord<String, byte[]>> records) throws SQLException {
        try {
            put(records.values());
        } catch (SQLException e) {
            if (!DuckDbProblem.CONSTRAINT.isBehind(e)) {
                throw e;
            }
            putEach(records.values());
        }
    }

    /** All but those that their table cannot have. */
    private void putEach(Collection<ConsumerRecord<String, byte[]>> records) throws SQLException {
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                put(List.of(record));
            } catch (SQLException e) {
                if (!DuckDbProblem.CONSTRAINT.isBehind(e)) {
                    throw e;
                }
                hidden(record, "the value of " + record.key() + " lacks what its table needs");
            }
        }
    }

    private void put(Collection<ConsumerRecord<String, byte[]>> records) throws SQLException {
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        records.forEach(record -> values.put(record.key(), value(record)));
        SqlTransaction.run(warehouse, () -> ToldRows.put(warehouse, values));
        for (ConsumerRecord<String, byte[]> record : records) {
            if (unread.getOrDefault(record.key(), Long.MAX_VALUE) < record.offset()) {
                unread.remove(record.key());
            }
            if (record.value() == null) {
                known.remove(record.key());
            } else {
                known.add(record.key());
            }
        }
    }

    private void clear() throws SQLException {
        Map<String, Optional<String>> others = new LinkedHashMap<>();
        for (String key : ToldRows.keys(warehouse)) {
            if (!known.contains(key) && !unread.containsKey(key)) {
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
