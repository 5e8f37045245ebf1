package io.risefall.ingest;

import io.risefall.schemas.Absence;
import io.risefall.schemas.EventJson;
import io.risefall.schemas.HealthEvent;
import io.risefall.schemas.JsonSerde;
import io.risefall.schemas.ReadPosition;
import io.risefall.schemas.Rejected;
import io.risefall.schemas.Sign;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.KafkaAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The sink that is Kafka: events, rejected lines and positions of one batch in one transaction. The positions in Kafka
 * are the truth: whatever goes wrong, a new producer of the same identity ends or aborts what the old one left, and
 * reading goes on from the positions that are committed then. One thread; lost is nothing.
 */
final class Publisher implements EventSink {
    /** Shorter than a minute, because a transaction left by a crash holds back every reader until then. */
    private static final Duration TRANSACTION = Duration.ofSeconds(30);

    private static final Duration REQUEST = Duration.ofSeconds(5);
    private static final Duration DELIVERY = Duration.ofSeconds(20);

    private static final JsonSerde<Rejected> REJECTED = JsonSerde.of(Rejected.class);
    private static final JsonSerde<Sign> SIGN = JsonSerde.of(Sign.class);
    private static final JsonSerde<Absence> ABSENCE = JsonSerde.of(Absence.class);
    private static final JsonSerde<ReadPosition> POSITION = JsonSerde.of(ReadPosition.class);

    private final KafkaAddress kafka;
    private final String identity;
    private final Duration patience;
    private final Clock clock;
    private final EventJson eventJson = new EventJson();

    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private Map<Topics, Integer> partitions = Map.of();
    private @Nullable Instant begun;

    /**
     * @param identity Kafka's {@code transactional.id}: who takes it over stops the one before
     * @param patience how long to wait for a broker when opening
     */
    Publisher(KafkaAddress kafka, String identity, Duration patience, Clock clock) {
        this.kafka = kafka;
        this.identity = identity;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public Map<String, ReadPosition> open() {
        close();
        try (PublishedPositions positions = new PublishedPositions(kafka, patience, clock)) {
            partitions = positions.partitions();
            producer = newProducer();
            producer.initTransactions();
            return positions.read();
        } catch (KafkaException e) {
            throw failed("take up the identity " + identity + " on Kafka at " + kafka, e);
        }
    }

    private KafkaProducer<byte[], byte[]> newProducer() {
        Map<String, Object> config = kafka.clientProperties();
        config.put(ProducerConfig.CLIENT_ID_CONFIG, identity);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, identity);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION.toMillis());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 10);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * 1024 * 1024);
        // A health line is at most 16 KiB, so this is out of reach even with every byte escaped.
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 * 1024 * 1024);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience.toMillis());
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis());
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void event(HealthEvent event) {
        int partition = Topics.partition(event.node(), partitions(Topics.EVENTS));
        send(Topics.EVENTS, partition, event.key().toString(), eventJson.bytes(event));
    }

    @Override
    public void rejected(Rejected rejected) {
        int partition = Topics.partition(rejected.origin().source(), partitions(Topics.REJECTED));
        send(Topics.REJECTED, partition, rejected.key(), REJECTED.serialize(Topics.REJECTED.topic(), rejected));
    }

    @Override
    public void position(ReadPosition position) {
        int partition = Topics.partition(position.source(), partitions(Topics.POSITIONS));
        send(Topics.POSITIONS, partition, position.source(), POSITION.serialize(Topics.POSITIONS.topic(), position));
    }

    @Override
    public void sign(Sign sign) {
        int partition = Topics.partition(sign.node(), partitions(Topics.SIGNS));
        send(Topics.SIGNS, partition, sign.key(), SIGN.serialize(Topics.SIGNS.topic(), sign));
    }

    @Override
    public void absence(Absence absence) {
        int partition = Topics.partition(absence.node(), partitions(Topics.ABSENCES));
        send(Topics.ABSENCES, partition, absence.key(), ABSENCE.serialize(Topics.ABSENCES.topic(), absence));
    }

    @Override
    public void forget(String source) {
        send(Topics.POSITIONS, Topics.partition(source, partitions(Topics.POSITIONS)), source, null);
    }

    private int partitions(Topics topic) {
        Integer count = partitions.get(topic);
        if (count == null) {
            throw new IllegalStateException("not open");
        }
        return count;
    }

    private void send(Topics topic, int partition, String key, byte @Nullable [] value) {
        KafkaProducer<byte[], byte[]> open = opened();
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        try {
            if (begun == null) {
                open.beginTransaction();
                begun = clock.instant();
            }
            open.send(new ProducerRecord<>(topic.topic(), partition, keyBytes, value));
        } catch (KafkaException | IllegalStateException e) {
            throw failed("publish to " + topic.topic() + " on Kafka at " + kafka, e);
        }
    }

    @Override
    public void commit() {
        if (begun == null) {
            return;
        }
        try {
            opened().commitTransaction();
        } catch (KafkaException | IllegalStateException e) {
            throw failed("commit to Kafka at " + kafka, e);
        }
        begun = null;
    }

    private KafkaProducer<byte[], byte[]> opened() {
        if (producer == null) {
            throw new IllegalStateException("not open");
        }
        return producer;
    }

    /** Tells what ends the program from what a new start mends. */
    private RuntimeException failed(String tried, RuntimeException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = "cannot " + tried + ": " + root.getMessage();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return fenced(e);
            }
            if (cause instanceof AuthenticationException
                    || cause instanceof AuthorizationException
                    || cause instanceof RecordTooLargeException
                    || cause instanceof SerializationException) {
                return new IngestException(message, e);
            }
        }
        return new SinkLostException(message, e);
    }

    /** Kafka fences also a producer whose transaction took too long, as after a suspended machine wakes. */
    private RuntimeException fenced(RuntimeException e) {
        if (begun != null && clock.instant().isAfter(begun.plus(TRANSACTION))) {
            return new SinkLostException("the transaction of " + identity + " took longer than " + TRANSACTION, e);
        }
        return new IngestException(
                "another ingester with the identity " + identity + " took over on Kafka at " + kafka
                        + "; this one stops, and nothing is lost. Give each its own instance name",
                e);
    }

    @Override
    public void close() {
        begun = null;
        if (producer != null) {
            // No waiting: what was not committed is aborted by the next start, or by Kafka.
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
