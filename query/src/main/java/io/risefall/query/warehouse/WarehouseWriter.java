package io.risefall.query.warehouse;

import io.risefall.query.reading.KafkaWatch;
import io.risefall.query.reading.ReadingPlan;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.reading.StreamsBacklog;
import io.risefall.query.reading.StreamsGroup;
import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.FoundCluster;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.cluster.KafkaAway;
import io.risefall.schemas.cluster.KafkaTrouble;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all topics and writes them to the {@link Warehouse}, exactly once: rows and offsets share a transaction, and
 * only committed records are read. A Kafka that is away is waited for; one that lacks what was not read yet ends it. Its own
 * thread from {@link #start} to {@link #close}, once each.
 */
public final class WarehouseWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WarehouseWriter.class);

    /** While records wait to be written, somebody may begin to wait for them. */
    private static final Duration POLL = Duration.ofMillis(100);
    /** Records end a wait at once. */
    private static final Duration IDLE_POLL = Duration.ofSeconds(1);
    /** How long Kafka waits for records before it answers that there are none. */
    private static final Duration FETCH_WAIT = Duration.ofSeconds(5);
    /** Large batches make DuckDB fast, small ones keep memory small. */
    private static final int BATCH_RECORDS = 20_000;

    /** Each write costs some milliseconds whatever it holds; what comes after a pause is written at once. */
    private static final Duration WRITE_EVERY = Duration.ofMillis(500);
    /** While so many records come until the next write, a backlog is read: a line then waits for thousands before it anyway. */
    private static final int BACKLOG_RECORDS = 5_000;

    private static final Duration WRITE_BACKLOG_EVERY = Duration.ofSeconds(1);
    /** Writes that are quick come sooner after each other, but take no more than this part of the time. */
    private static final int WRITING_SHARE = 4;

    private static final int FETCH_BYTES = 8 * 1024 * 1024;
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** How long Kafka may take for an answer. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final Warehouse warehouse;
    private final KafkaAddress kafka;
    private final PersistentWrites writes;
    private final WriteListener listener;
    private final DurableOffsets durable = new DurableOffsets();
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "warehouse-writer");
    /** It waits for Kafka, or has begun to read. */
    private final CompletableFuture<Void> begun = new CompletableFuture<>();

    private final CountDownLatch closed = new CountDownLatch(1);
    private final KafkaAway away;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile @Nullable Admin admin;
    /** Where the partitions ended when Kafka was asked last. */
    private volatile Map<TopicPartition, Long> ends = Map.of();
    /** How far the streams part was behind then. */
    private volatile Map<TopicPartition, StreamsBacklog> streams = Map.of();

    /** Whether it worked then. */
    private volatile @Nullable StreamsGroup streamsGroup;

    private volatile long turnedAt = System.nanoTime();
    private Map<TopicPartition, StreamsBacklog> streamsSeen = Map.of();
    private Map<TopicPartition, StreamsBacklog> streamsWritten = Map.of();

    private boolean worked;
    private Batch batch = new Batch();
    private int records;
    private long writeAgainAt = System.nanoTime();
    private volatile boolean closing;

    public WarehouseWriter(Warehouse warehouse, KafkaAddress kafka) {
        this(warehouse, kafka, () -> {}, (count, took) -> {});
    }

    /** Is told of each transaction, by the thread that writes. */
    public interface WriteListener {
        void written(int records, Duration took);
    }

    /** @param makeRoom has those who query the warehouse give back their memory, when there is not enough to write */
    public WarehouseWriter(Warehouse warehouse, KafkaAddress kafka, Runnable makeRoom, WriteListener listener) {
        this.listener = listener;
        this.warehouse = warehouse;
        writes = new PersistentWrites(warehouse, makeRoom, () -> closing);
        this.kafka = kafka;
        away = new KafkaAway(kafka, () -> "queries are answered from stored data", LOG::warn, Clock.systemUTC());
        thread.setDaemon(true);
    }

    /**
     * Starts reading where the warehouse is. Returns when it has begun, or waits because Kafka is away or has no topics yet.
     *
     * @throws WarehouseException when it cannot begin: records are missing there, it refuses, or is no Kafka for this
     */
    public void start() throws InterruptedException {
        durable.put(warehouse.nextOffsets());
        thread.start();
        try {
            begun.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException problem ? problem : new IllegalStateException(e);
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH_RECORDS);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Math.toIntExact(FETCH_WAIT.toMillis()));
        return properties;
    }

    private void run() {
        try {
            while (!closing) {
                turnedAt = System.nanoTime();
                attempt();
                closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            LOG.debug("asked to stop");
        } catch (RuntimeException | Error e) {
            LOG.debug("the warehouse writer stopped", e);
            failed.completeExceptionally(e);
            begun.completeExceptionally(e);
        } finally {
            begun.complete(null);
            durable.end();
        }
    }

    /** Reads until Kafka is away, is another one, or this is closed; an exception says why it does not go on. */
    private void attempt() throws InterruptedException {
        try (Admin asking = Admin.create(kafka.adminProperties(ANSWER))) {
            admin = asking;
            ReadingPlan plan = plan(asking);
            if (plan != null) {
                read(asking, plan);
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            if (closing) {
                return;
            }
            if (!passes(e)) {
                throw new WarehouseException("cannot read from " + kafka + ": " + KafkaTrouble.reason(e), e);
            }
            away.failed("no Kafka at " + kafka + ": " + KafkaTrouble.reason(e));
            writeWhatIsRead();
        } finally {
            admin = null;
        }
        begun.complete(null);
    }

    /** Who worked once and is refused now waits: credentials are being changed. */
    private boolean passes(Exception e) {
        KafkaTrouble trouble = KafkaTrouble.of(e);
        return trouble == KafkaTrouble.AWAY || (trouble == KafkaTrouble.REFUSED && worked);
    }

    /** Where to read on; null: there are no topics yet. */
    private @Nullable ReadingPlan plan(Admin asking) throws ExecutionException, TimeoutException, InterruptedException {
        FoundCluster found = FoundCluster.ask(asking, kafka.names(), ANSWER);
        found.unequal(kafka).ifPresent(problem -> {
            throw new WarehouseException(problem);
        });
        Optional<String> missing = found.missing(kafka);
        if (missing.isPresent()) {
            away.failed(missing.get());
            return null;
        }
        ReadingPlan plan = ReadingPlan.ask(asking, found, warehouse.reading(), ANSWER);
        plan.problem(kafka).ifPresent(problem -> {
            throw new WarehouseException(problem);
        });
        return plan;
    }

    private void read(Admin asking, ReadingPlan plan) throws ExecutionException, TimeoutException {
        warehouse.begin(plan);
        batch = new Batch();
        records = 0;
        KafkaConsumer<byte[], byte[]> reading =
                new KafkaConsumer<>(properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer = reading;
        try (KafkaWatch watch = new KafkaWatch(
                asking,
                plan.found(),
                ANSWER,
                found -> ends = found,
                lag -> streams = lag,
                group -> streamsGroup = group)) {
            reading.assign(
                    plan.from().keySet().stream().map(kafka.names()::there).toList());
            plan.from().forEach((partition, next) -> reading.seek(kafka.names().there(partition), next));
            durable.put(plan.from());
            watch.start();
            worked = true;
            away.isThere();
            begun.complete(null);
            while (!closing && !watch.isAnother()) {
                watch.check();
                step();
            }
        } catch (OffsetOutOfRangeException e) {
            LOG.debug("what is to be read next is not there: looking again", e);
        } finally {
            consumer = null;
            // It would wait until Kafka answers the fetch under way.
            reading.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    /** Before a time without Kafka, so that what was read is answered. */
    private void writeWhatIsRead() {
        if (!batch.isEmpty()) {
            write();
        }
    }

    private void step() {
        turnedAt = System.nanoTime();
        KafkaConsumer<byte[], byte[]> reading = Objects.requireNonNull(consumer);
        take(reading, reading.poll(batch.isEmpty() ? IDLE_POLL : untilWrite()));
        boolean due = System.nanoTime() - writeAgainAt >= 0 || records >= BATCH_RECORDS;
        if (!batch.isEmpty() && (due || durable.isAwaited())) {
            write();
        }
        writeStreamsLag();
    }

    private Duration untilWrite() {
        Duration left = Duration.ofNanos(Math.max(0, writeAgainAt - System.nanoTime()));
        return left.compareTo(POLL) < 0 ? left : POLL;
    }

    /** Once for each look at Kafka, and only what is news: a streams part that keeps up costs no writing. */
    private void writeStreamsLag() {
        Map<TopicPartition, StreamsBacklog> lag = streams;
        if (lag == streamsSeen) {
            return;
        }
        streamsSeen = lag;
        if (!lag.equals(streamsWritten)) {
            try {
                warehouse.streamsAreBehind(lag);
                streamsWritten = lag;
            } catch (WarehouseException e) {
                LOG.debug("told again after the next look", e);
            }
        }
    }

    private void take(KafkaConsumer<byte[], byte[]> reading, ConsumerRecords<byte[], byte[]> polled) {
        records += polled.count();
        for (Topics topic : Topics.values()) {
            for (ConsumerRecord<byte[], byte[]> record :
                    polled.records(kafka.names().of(topic))) {
                batch.add(topic, record.partition(), record.offset(), record.key(), record.value());
            }
        }
        durable.positions().forEach((partition, next) -> {
            long position = reading.position(kafka.names().there(partition));
            if (position > next) {
                batch.readTo(partition, position);
            }
        });
    }

    private void write() {
        long begun = System.nanoTime();
        writes.write(batch);
        long ended = System.nanoTime();
        listener.written(records, Duration.ofNanos(ended - begun));
        durable.put(batch.nextOffsets());
        Duration pause = records < BACKLOG_RECORDS ? WRITE_EVERY : WRITE_BACKLOG_EVERY;
        writeAgainAt = ended + Math.min(pause.toNanos(), WRITING_SHARE * (ended - begun));
        batch = new Batch();
        records = 0;
    }

    /** The next offset of each partition; all before it is durable in the warehouse. Any thread. */
    public Map<TopicPartition, Long> positions() {
        return Map.copyOf(durable.positions());
    }

    /**
     * Waits until all records before these offsets are durable. Any thread.
     *
     * @return false when the time ran out, or the writer stopped before
     */
    public boolean await(Map<TopicPartition, Long> nextOffsets, Duration limit) throws InterruptedException {
        try {
            return reached(nextOffsets, limit).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("it is only completed with a value", e);
        }
    }

    /** As {@link #await}, but takes no thread. */
    public CompletableFuture<Boolean> reached(Map<TopicPartition, Long> nextOffsets, Duration limit) {
        return durable.reached(nextOffsets, limit);
    }

    /** Completes, with the reason, when the writer stopped by itself; never completes otherwise. */
    public CompletableFuture<Void> failed() {
        return failed;
    }

    /** How the reading goes. Any thread. */
    public ReadingState state() {
        Map<TopicPartition, Long> next = durable.positions();
        Map<TopicPartition, Long> behind = new HashMap<>();
        ends.forEach((partition, end) -> behind.put(partition, Math.max(0, end - next.getOrDefault(partition, 0L))));
        return new ReadingState(away.since(), behind, streams, streamsGroup);
    }

    /** How long ago its thread last went on to something else; it does several times a minute, whatever happens. Any thread. */
    public Duration sinceTurn() {
        return Duration.ofNanos(System.nanoTime() - turnedAt);
    }

    @Override
    public void close() {
        closing = true;
        closed.countDown();
        KafkaConsumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        Admin asking = admin;
        if (asking != null) {
            asking.close(Duration.ZERO);
        }
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
