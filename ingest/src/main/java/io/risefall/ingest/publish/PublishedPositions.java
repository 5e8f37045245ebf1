package io.risefall.ingest.publish;

import io.risefall.ingest.failure.IngestException;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.FoundCluster;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.cluster.KafkaTrouble;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.source.ReadPosition;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads from Kafka what earlier runs published: the topics' partitions and the last position of every source. One thread. */
final class PublishedPositions implements AutoCloseable {
    /** Longer than Kafka keeps a transaction that a crashed ingester left open. */
    private static final Duration OTHERS = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final JsonSerde<ReadPosition> POSITION = JsonSerde.of(ReadPosition.class);

    private final KafkaAddress kafka;
    private final Duration patience;
    private final Clock clock;
    private final Admin admin;

    PublishedPositions(KafkaAddress kafka, Duration patience, Clock clock) {
        this.kafka = kafka;
        this.patience = patience;
        this.clock = clock;
        try {
            this.admin = Admin.create(kafka.clientProperties());
        } catch (KafkaException e) {
            String message = "cannot use " + kafka + " as Kafka: " + KafkaTrouble.reason(e);
            throw KafkaTrouble.of(e) == KafkaTrouble.AWAY
                    ? new SinkLostException(message, e)
                    : new IngestException(message, e);
        }
    }

    /** Partitions of each topic: all topics have the same number, because records of one node share a partition number. */
    int partitions() {
        FoundCluster found = ask();
        found.unequal(kafka).ifPresent(problem -> {
            throw new IngestException(problem);
        });
        found.missing(kafka).ifPresent(problem -> {
            throw new SinkLostException(problem, null);
        });
        return Objects.requireNonNull(found.topics().get(Topics.POSITIONS.topic()))
                .partitions();
    }

    /** The last committed position of every source. */
    Map<String, ReadPosition> read() {
        List<TopicPartition> all = IntStream.range(0, partitions())
                .mapToObj(n -> new TopicPartition(kafka.names().of(Topics.POSITIONS), n))
                .toList();
        // To the very end, not only to the last stable offset: after another ingester's open transaction there can be
        // a position of ours.
        Map<TopicPartition, Long> ends = ends(all);
        Map<String, Object> config = kafka.clientProperties();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A fetch that waits for more holds up the end of reading.
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        Map<String, ReadPosition> positions = new HashMap<>();
        Instant deadline = clock.instant().plus(OTHERS);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (all.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    String source = new String(record.key(), StandardCharsets.UTF_8);
                    ReadPosition position = POSITION.deserialize(record.topic(), record.value());
                    if (position == null) {
                        positions.remove(source);
                    } else {
                        positions.put(source, position);
                    }
                }
                if (clock.instant().isAfter(deadline)) {
                    throw new KafkaException("topic " + kafka.names().of(Topics.POSITIONS)
                            + " could not be read to its end within " + OTHERS.toSeconds()
                            + " s; an ingester that crashed may have left a transaction open");
                }
            }
        }
        return positions;
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> all) {
        Map<TopicPartition, OffsetSpec> asked =
                all.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                ask(admin.listOffsets(asked).all().toCompletionStage().toCompletableFuture());
        return found.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** A request to Kafka whose answer is awaited. */
    private interface Asking<T> {
        T get() throws InterruptedException, ExecutionException, TimeoutException;
    }

    private FoundCluster ask() {
        return ask(() -> FoundCluster.ask(admin, kafka.names(), patience));
    }

    private <T> T ask(CompletableFuture<T> answer) {
        return ask(() -> answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    private <T> T ask(Asking<T> asking) {
        try {
            return asking.get();
        } catch (TimeoutException e) {
            throw nobody(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    /** A refusal is passed on unchanged: its meaning depends on what happened before. */
    private RuntimeException failed(ExecutionException e) {
        if (e.getCause() instanceof KafkaException refusal && KafkaTrouble.of(refusal) == KafkaTrouble.REFUSED) {
            return refusal;
        }
        return e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException
                ? nobody(e)
                : new SinkLostException("Kafka at " + kafka + " failed: " + KafkaTrouble.reason(e), e);
    }

    private SinkLostException nobody(Exception e) {
        return new SinkLostException(
                "no Kafka at " + kafka + ": no answer within " + patience.toSeconds()
                        + " s; is it running, and is the address right (--bootstrap-servers)?",
                e);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
