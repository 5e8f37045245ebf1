package io.risefall.streams;

import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.FoundCluster;
import io.risefall.schemas.cluster.KafkaAway;
import io.risefall.schemas.cluster.KafkaTrouble;
import io.risefall.streams.model.StreamsSettings;
import io.risefall.streams.processor.TrackHealth;
import io.risefall.streams.store.RocksDbMemory;
import io.risefall.streams.store.StoredFormat;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams part: reads {@link Topics#EVENTS}, {@link Topics#SIGNS} and {@link Topics#ABSENCES}, and writes states, rollups
 * and flapping, exactly once. Waits for Kafka and its topics, at the start and whenever Kafka goes away. Call {@link #start}
 * and {@link #close} once each.
 */
public final class HealthStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthStreams.class);

    private static final Duration CLOSE = Duration.ofSeconds(5);
    /** Kafka gives up a killed process after this time; if it restarts, it resumes at once by its instance id. */
    private static final int SESSION_MILLIS = 10_000;
    /**
     * A transaction that a killed process leaves open blocks its successors until Kafka aborts it: after this time, at Kafka's
     * next check, which is every 10 s by default. Much longer than a tick and its commit ({@link TrackHealth}).
     */
    private static final int TRANSACTION_MILLIS = 15_000;
    /** Must stay below the transaction's limit. {@link TrackHealth} requests commits much sooner. */
    private static final long COMMIT_MILLIS = 10_000;
    /** A stream thread that gets no answer waits and does not fail; the default is 5 min. */
    private static final long TASK_MILLIS = Duration.ofDays(3650).toMillis();

    /** How long Kafka waits for records before it answers that there are none. A new partition is asked for only then. */
    private static final int FETCH_MILLIS = 2000;

    /** As large as those of ingest: Kafka's default makes eight times as many, each with buffers of its own to compress it. */
    private static final int BATCH_BYTES = 128 * 1024;
    /** Longer than from one commit to the next, which sends all that waits. */
    private static final int LINGER_MILLIS = 1000;

    private static final long MEBIBYTE = 1024L * 1024;
    /** How long Kafka may take for an answer before it counts as away. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final Duration RETRY = Duration.ofSeconds(1);
    /** How often Kafka is checked. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final StreamsSettings settings;
    private final KafkaAway away;
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private final Thread keeper = new Thread(this::keep, "streams-keeper");
    private boolean worked;
    private volatile long turnedAt = System.nanoTime();
    private volatile @Nullable KafkaStreams running;

    public HealthStreams(StreamsSettings settings) {
        this.settings = settings;
        away = new KafkaAway(settings.kafka(), () -> "records wait in its topics", LOG::warn, Clock.systemUTC());
        keeper.setDaemon(true);
    }

    /** Returns at once. */
    public void start() {
        keeper.start();
    }

    /**
     * Completes with the reason if the streams part stopped by itself: Kafka refuses the credentials at the first contact,
     * its topics have unequal partitions, another process has the same instance id, or there is a bug. Never completes
     * otherwise.
     */
    public CompletableFuture<Void> failed() {
        return failed;
    }

    private void keep() {
        try {
            while (true) {
                try {
                    work();
                } catch (ExecutionException | TimeoutException | KafkaException e) {
                    if (!passes(e)) {
                        throw e;
                    }
                    away.failed("no Kafka at " + settings.kafka() + ": " + KafkaTrouble.reason(e));
                }
                turnedAt = System.nanoTime();
                Thread.sleep(RETRY.toMillis());
            }
        } catch (InterruptedException | org.apache.kafka.common.errors.InterruptException e) {
            LOG.debug("stopping");
        } catch (ExecutionException e) {
            failed.completeExceptionally(e.getCause());
        } catch (Exception | Error e) {
            failed.completeExceptionally(e);
        }
    }

    /** Credentials that worked once and are refused now are probably being changed: wait. */
    private boolean passes(Exception e) {
        KafkaTrouble trouble = KafkaTrouble.of(e);
        return trouble == KafkaTrouble.AWAY || (trouble == KafkaTrouble.REFUSED && worked);
    }

    /** How this process does, with the partitions that are its own now. Any thread. */
    public StreamsState state() {
        Map<TopicPartition, Long> next = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        KafkaStreams streams = running;
        if (streams != null) {
            streams.metadataForLocalThreads().stream()
                    .flatMap(thread -> thread.activeTasks().stream())
                    .forEach(task -> {
                        next.putAll(task.committedOffsets());
                        ends.putAll(task.endOffsets());
                    });
        }
        return new StreamsState(away.since(), Duration.ofNanos(System.nanoTime() - turnedAt), next, ends);
    }

    /** Returns if there are no topics yet, or none any more; an exception says why it cannot go on. */
    private void work() throws ExecutionException, TimeoutException, InterruptedException, IOException {
        Admin admin = Admin.create(settings.kafka().adminProperties(ANSWER));
        try {
            FoundCluster cluster = FoundCluster.ask(admin, settings.kafka().names(), ANSWER.plusSeconds(1));
            cluster.unequal(settings.kafka()).ifPresent(problem -> {
                throw new StreamsException(problem, null);
            });
            String missing = cluster.missing(settings.kafka()).orElse(null);
            if (missing != null) {
                away.failed(missing);
                return;
            }
            away.isThere();
            ClusterStateDir.claim(settings.stateDir(), cluster.id());
            ExpiredRecords.warn(admin, settings.applicationId());
            run(admin);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private void run(Admin admin) throws ExecutionException, InterruptedException {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        KafkaStreams streams = new KafkaStreams(
                HealthTopology.build(settings.rules(), settings.kafka().names()),
                new StreamsConfig(properties(settings)),
                new PatientClients());
        try {
            streams.setUncaughtExceptionHandler(problem -> {
                ended.complete(problem);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            running = streams;
            Throwable problem = null;
            while (problem == null) {
                problem = lookAfter(admin, ended);
            }
            if (problem instanceof MissingSourceTopicException) {
                away.failed("no topics at " + settings.kafka() + " any more");
            } else if (isTakenOver(problem)) {
                throw new StreamsException(
                        "another risefall streams with the instance name " + settings.instanceId()
                                + " took over on Kafka at "
                                + settings.kafka()
                                + "; this one stops, and nothing is lost. Give each its own name with --instance",
                        problem);
            } else {
                throw new ExecutionException(problem);
            }
        } finally {
            running = null;
            streams.close(CloseOptions.timeout(CLOSE)
                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
        }
    }

    private static boolean isTakenOver(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof FencedInstanceIdException) {
                return true;
            }
        }
        return false;
    }

    /** Waits a moment and checks Kafka; returns why the streams ended, null while they run. */
    private @Nullable Throwable lookAfter(Admin admin, CompletableFuture<Throwable> ended)
            throws ExecutionException, InterruptedException {
        turnedAt = System.nanoTime();
        try {
            return ended.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Still running.
        }
        try {
            admin.describeCluster().clusterId().get();
            worked = true;
            away.isThere();
        } catch (ExecutionException e) {
            away.failed("no Kafka at " + settings.kafka() + ": " + KafkaTrouble.reason(e));
        }
        return null;
    }

    /**
     * Whether the records up to and including these offsets of {@link Topics#EVENTS}, {@link Topics#SIGNS} and {@link
     * Topics#ABSENCES} have been processed. Then their results have been written, except {@link PendingCorrections}. Asks
     * Kafka.
     */
    public static boolean hasProcessed(Admin admin, String applicationId, Map<TopicPartition, Long> offsets)
            throws InterruptedException {
        Map<TopicPartition, Long> next = next(admin, applicationId);
        return offsets.entrySet().stream()
                .allMatch(wanted -> next.getOrDefault(wanted.getKey(), 0L) > wanted.getValue());
    }

    /** The next offsets that the streams part will read, by partition of {@link Topics#EVENTS} and {@link Topics#SIGNS}. Asks Kafka. */
    public static Map<TopicPartition, Long> next(Admin admin, String applicationId) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(applicationId)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return committed.entrySet().stream()
                    .filter(one -> one.getValue() != null)
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, one -> one.getValue().offset()));
        } catch (ExecutionException e) {
            throw new StreamsException("cannot read the committed offsets of streams application " + applicationId, e);
        }
    }

    static Map<TopicPartition, Long> offsets(Admin admin, Collection<TopicPartition> partitions, OffsetSpec which)
            throws InterruptedException {
        try {
            return admin
                    .listOffsets(partitions.stream().collect(Collectors.toMap(one -> one, one -> which)))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, one -> one.getValue().offset()));
        } catch (ExecutionException e) {
            throw new StreamsException("cannot read the first and last offsets of topics", e);
        }
    }

    @Override
    public void close() {
        keeper.interrupt();
        try {
            keeper.join(2 * CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Properties properties(StreamsSettings settings) {
        Properties properties = new Properties();
        properties.putAll(settings.kafka().clientProperties());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replication());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        properties.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, TASK_MILLIS);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 32 * MEBIBYTE);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.class);
        Topics.STAMPED_BY_KAFKA.forEach((name, value) -> properties.put(StreamsConfig.topicPrefix(name), value));
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        // Kafka gives a known member its old work, and creates no topics for new stores. So a build with other stores
        // joins
        // as another member.
        properties.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                settings.instanceId() + "-" + StoredFormat.VERSION);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MILLIS);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), FETCH_MILLIS);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_MILLIS);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MILLIS);
        return properties;
    }
}
