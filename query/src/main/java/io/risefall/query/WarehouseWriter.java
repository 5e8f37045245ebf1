package io.risefall.query;

import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.KafkaAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all topics and writes them to the {@link Warehouse}, exactly once: rows and offsets share a transaction, and
 * only committed records are read. Its own thread from {@link #start} to {@link #close}, once each.
 */
public final class WarehouseWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WarehouseWriter.class);

    private static final Duration POLL = Duration.ofMillis(100);
    /** Large batches make DuckDB fast, small ones keep memory small. */
    private static final int BATCH_RECORDS = 20_000;

    /** Each write costs some milliseconds whatever it holds; what comes after a pause is written at once. */
    private static final Duration WRITE_EVERY = Duration.ofMillis(500);

    private static final int FETCH_BYTES = 8 * 1024 * 1024;
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final Warehouse warehouse;
    private final KafkaAddress kafka;
    private final PersistentWrites writes;
    private final DurableOffsets durable = new DurableOffsets();
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "warehouse-writer");
    private KafkaConsumer<byte[], byte[]> consumer;
    private Batch batch = new Batch();
    private int records;
    private long writtenAt = System.nanoTime() - WRITE_EVERY.toNanos();
    private volatile boolean closing;

    public WarehouseWriter(Warehouse warehouse, KafkaAddress kafka) {
        this(warehouse, kafka, () -> {});
    }

    /** @param makeRoom has those who query the warehouse give back their memory, when there is not enough to write */
    public WarehouseWriter(Warehouse warehouse, KafkaAddress kafka, Runnable makeRoom) {
        this.warehouse = warehouse;
        writes = new PersistentWrites(warehouse, makeRoom, () -> closing);
        this.kafka = kafka;
    }

    /** Starts reading where the warehouse is; the topics must exist. */
    public void start() {
        consumer = new KafkaConsumer<>(properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = Arrays.stream(Topics.values())
                .flatMap(topic -> consumer.partitionsFor(topic.topic()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> stored = warehouse.nextOffsets();
        Map<TopicPartition, Long> beginning = consumer.beginningOffsets(partitions);
        for (TopicPartition partition : partitions) {
            long from = Math.max(stored.getOrDefault(partition, 0L), beginning.get(partition));
            consumer.seek(partition, from);
            durable.put(Map.of(partition, from));
        }
        thread.start();
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH_RECORDS);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        return properties;
    }

    private void run() {
        try {
            while (!closing) {
                step();
            }
        } catch (WakeupException e) {
            LOG.debug("woken to close");
        } catch (RuntimeException e) {
            LOG.debug("the warehouse writer stopped", e);
            failed.completeExceptionally(e);
        } finally {
            consumer.close();
            durable.end();
        }
    }

    private void step() {
        long left = writtenAt + WRITE_EVERY.toNanos() - System.nanoTime();
        boolean hold = !batch.isEmpty() && left > 0 && left < POLL.toNanos();
        take(consumer.poll(hold ? Duration.ofNanos(left) : POLL));
        boolean due = System.nanoTime() - writtenAt >= WRITE_EVERY.toNanos() || records >= BATCH_RECORDS;
        if (!batch.isEmpty() && (due || durable.isAwaited())) {
            write();
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> polled) {
        records += polled.count();
        for (Topics topic : Topics.values()) {
            for (ConsumerRecord<byte[], byte[]> record : polled.records(topic.topic())) {
                batch.add(topic, record.partition(), record.offset(), record.key(), record.value());
            }
        }
        durable.positions().forEach((partition, next) -> {
            long position = consumer.position(partition);
            if (position > next) {
                batch.readTo(partition, position);
            }
        });
    }

    private void write() {
        writes.write(batch);
        durable.put(batch.nextOffsets());
        batch = new Batch();
        records = 0;
        writtenAt = System.nanoTime();
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
    CompletableFuture<Boolean> reached(Map<TopicPartition, Long> nextOffsets, Duration limit) {
        return durable.reached(nextOffsets, limit);
    }

    /** Completes, with the reason, when the writer stopped by itself; never completes otherwise. */
    public CompletableFuture<Void> failed() {
        return failed;
    }

    @Override
    public void close() {
        closing = true;
        if (consumer != null && thread.isAlive()) {
            consumer.wakeup();
            try {
                thread.join(CLOSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
