package io.risefall.ingest.publish;

import io.risefall.ingest.failure.IngestException;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.cluster.KafkaTrouble;
import io.risefall.schemas.event.EventJson;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Rejected;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.state.Absence;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to Kafka: events, rejected lines and positions of one batch in one transaction. The positions in Kafka are
 * the truth. Whatever goes wrong, a new producer of the same identity ends or aborts the old transaction, and reading
 * continues at the committed positions. Nothing is lost. One thread.
 */
public final class Publisher implements EventSink {
    /**
     * A transaction left open by a crash holds back every consumer until it times out and Kafka notices, which it
     * checks every 10 s: together less than half a minute.
     */
    private static final Duration TRANSACTION = Duration.ofSeconds(15);

    private static final Duration REQUEST = Duration.ofSeconds(5);
    private static final Duration DELIVERY = Duration.ofSeconds(20);

    private static final JsonSerde<Rejected> REJECTED = JsonSerde.of(Rejected.class);
    private static final JsonSerde<ProcessActivity> SIGN = JsonSerde.of(ProcessActivity.class);
    private static final JsonSerde<Absence> ABSENCE = JsonSerde.of(Absence.class);
    private static final JsonSerde<ReadPosition> POSITION = JsonSerde.of(ReadPosition.class);

    private final KafkaAddress kafka;
    private final String identity;
    private final Duration patience;
    private final Clock clock;
    private final EventJson eventJson = new EventJson();

    private @Nullable KafkaProducer<byte[], byte[]> producer;
    /** Partitions of each topic; 0 until it was open once. */
    private int partitions;

    private @Nullable Instant begun;
    /** Why a record of this producer could not be sent. Each producer has its own, because callbacks come late. */
    private AtomicReference<Exception> unsent = new AtomicReference<>();

    /**
     * @param identity Kafka's {@code transactional.id}; a new owner stops the one before
     * @param patience how long to wait for a broker when opening
     */
    public Publisher(KafkaAddress kafka, String identity, Duration patience, Clock clock) {
        this.kafka = kafka;
        this.identity = identity;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public Map<String, ReadPosition> open() {
        close();
        try (PublishedPositions positions = new PublishedPositions(kafka, patience, clock)) {
            int found = positions.partitions();
            producer = newProducer();
            unsent = new AtomicReference<>();
            producer.initTransactions();
            Map<String, ReadPosition> committed = positions.read();
            partitions = found;
            return committed;
        } catch (KafkaException e) {
            throw failed("use the identity " + identity + " on Kafka at " + kafka, e);
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
        int partition = Topics.partition(event.node(), partitions());
        send(Topics.EVENTS, partition, event.key().toString(), eventJson.bytes(event));
    }

    @Override
    public void rejected(Rejected rejected) {
        int partition = Topics.partition(rejected.origin().source(), partitions());
        send(Topics.REJECTED, partition, rejected.key(), REJECTED.serialize(Topics.REJECTED.topic(), rejected));
    }

    @Override
    public void position(ReadPosition position) {
        int partition = Topics.partition(position.source(), partitions());
        send(Topics.POSITIONS, partition, position.source(), POSITION.serialize(Topics.POSITIONS.topic(), position));
    }

    @Override
    public void sign(ProcessActivity sign) {
        int partition = Topics.partition(sign.node(), partitions());
        send(Topics.SIGNS, partition, sign.key(), SIGN.serialize(Topics.SIGNS.topic(), sign));
    }

    @Override
    public void absence(Absence absence) {
        int partition = Topics.partition(absence.node(), partitions());
        send(Topics.ABSENCES, partition, absence.key(), ABSENCE.serialize(Topics.ABSENCES.topic(), absence));
    }

    @Override
    public void forget(String source) {
        send(Topics.POSITIONS, Topics.partition(source, partitions()), source, null);
    }

    private int partitions() {
        if (partitions == 0) {
            throw new IllegalStateException("not open");
        }
        return partitions;
    }

    private void send(Topics topic, int partition, String key, byte @Nullable [] value) {
        KafkaProducer<byte[], byte[]> open = opened();
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        try {
            if (begun == null) {
                open.beginTransaction();
                begun = clock.instant();
            }
            AtomicReference<Exception> failure = unsent;
            open.send(new ProducerRecord<>(kafka.names().of(topic), partition, keyBytes, value), (sent, e) -> {
                if (e != null) {
                    failure.compareAndSet(null, e);
                }
            });
            checkSent();
        } catch (KafkaException | IllegalStateException e) {
            throw failed("publish to " + kafka.names().of(topic) + " on Kafka at " + kafka, e);
        }
    }

    @Override
    public void commit() {
        if (begun == null) {
            return;
        }
        try {
            checkSent();
            opened().commitTransaction();
        } catch (KafkaException | IllegalStateException e) {
            throw failed("commit to Kafka at " + kafka, e);
        }
        begun = null;
    }

    /** A record that the producer cannot even queue, as it knows no broker, fails by itself and not its transaction. */
    private void checkSent() {
        Exception failure = unsent.get();
        if (failure != null) {
            throw new KafkaException(failure);
        }
    }

    private KafkaProducer<byte[], byte[]> opened() {
        if (producer == null) {
            throw new IllegalStateException("not open");
        }
        return producer;
    }

    /**
     * Distinguishes failures that end the program from those that pass. An ingester that was let in before and is
     * refused now waits: its credentials are being changed, and ending would lose input.
     */
    private RuntimeException failed(String tried, RuntimeException e) {
        String message = "cannot " + tried + ": " + KafkaTrouble.reason(e);
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return fenced(e);
            }
            if (cause instanceof RecordTooLargeException || cause instanceof SerializationException) {
                return new IngestException(message, e);
            }
        }
        return KafkaTrouble.of(e) == KafkaTrouble.REFUSED && partitions == 0
                ? new IngestException(message, e)
                : new SinkLostException(message, e);
    }

    /** Kafka also fences a producer whose transaction took too long, for example after a suspended machine wakes. */
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
