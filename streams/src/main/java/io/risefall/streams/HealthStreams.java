package io.risefall.streams;

import io.risefall.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * The streams part: reads {@link Topics#EVENTS}, {@link Topics#SIGNS} and {@link Topics#ABSENCES}, writes states, rollups and flapping, exactly once. {@link #start} and
 * {@link #close} once each; the topics must exist.
 */
public final class HealthStreams implements AutoCloseable {
    private static final Duration CLOSE = Duration.ofSeconds(5);
    /**
     * As seldom by itself as Kafka allows: {@link TrackHealth} asks for commits, and one in between could come while
     * corrections are waiting. It must stay below the transaction's limit.
     */
    private static final long COMMIT_MILLIS = Duration.ofMinutes(14).toMillis();
    /** A process that was killed is given up after this time; its restart takes over at once by its instance id. */
    private static final int SESSION_MILLIS = 10_000;

    /** What brokers allow at most by default. Only this part writes its topics, so an open one holds up nobody else. */
    private static final int TRANSACTION_MILLIS = (int) Duration.ofMinutes(15).toMillis();

    private static final long MEBIBYTE = 1024L * 1024;

    private final StreamsSettings settings;
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private final KafkaStreams streams;

    public HealthStreams(StreamsSettings settings) {
        this.settings = settings;
        streams = new KafkaStreams(HealthTopology.build(settings.rules()), properties(settings));
    }

    public void start() {
        streams.setUncaughtExceptionHandler(problem -> {
            failed.completeExceptionally(problem);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.start();
    }

    /** Completes, with the reason, when the streams part stopped by itself; never completes otherwise. */
    public CompletableFuture<Void> failed() {
        return failed;
    }

    /**
     * Whether everything that follows from the records up to and including these offsets of {@link Topics#EVENTS}, {@link
     * Topics#SIGNS} and {@link Topics#ABSENCES} has been written and committed. Asks Kafka.
     */
    public static boolean hasProcessed(Admin admin, String applicationId, Map<TopicPartition, Long> offsets)
            throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(applicationId)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return offsets.entrySet().stream().allMatch(wanted -> {
                OffsetAndMetadata done = committed.get(wanted.getKey());
                return done != null && done.offset() > wanted.getValue();
            });
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot read how far streams application " + applicationId + " is", e);
        }
    }

    @Override
    public void close() {
        streams.close(CloseOptions.timeout(CLOSE)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
    }

    static Properties properties(StreamsSettings settings) {
        Properties properties = new Properties();
        properties.putAll(settings.kafka().clientProperties());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replication());
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 32 * MEBIBYTE);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedMemory.class);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        // A member that Kafka knows gets the work it had, and no topics are made for stores that are new: so a build
        // with
        // other stores comes as another member.
        properties.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                settings.instanceId() + "-" + StoredFormat.VERSION);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MILLIS);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_MILLIS);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        return properties;
    }
}
