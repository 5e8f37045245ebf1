package io.risefall.query.reading;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.risefall.schemas.cluster.FoundCluster;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Looks every few seconds whether a Kafka is there, whether it is still the same, and where its topics end: a consumer only
 * waits, and reads on whatever there is. In a thread of its own; the rest by any.
 */
public final class KafkaWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Admin admin;
    private final FoundCluster expected;
    private final Duration limit;
    private final Consumer<Map<TopicPartition, Long>> ends;
    private final Consumer<Map<TopicPartition, StreamsBacklog>> streams;
    private final Consumer<StreamsGroup> group;
    private final StreamsLag lag = new StreamsLag(Clock.systemUTC());
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("kafka-watch", true));
    private volatile @Nullable Exception failure;
    private volatile boolean another;

    /**
     * @param admin stays the caller's
     * @param expected what was there at first
     * @param limit for each question
     * @param ends takes where the partitions end for who reads what is committed
     * @param streams takes how far the streams part is behind them
     * @param group takes whether the streams part works
     */
    public KafkaWatch(
            Admin admin,
            FoundCluster expected,
            Duration limit,
            Consumer<Map<TopicPartition, Long>> ends,
            Consumer<Map<TopicPartition, StreamsBacklog>> streams,
            Consumer<StreamsGroup> group) {
        this.admin = admin;
        this.expected = expected;
        this.limit = limit;
        this.ends = ends;
        this.streams = streams;
        this.group = group;
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            FoundCluster found = FoundCluster.ask(admin, expected.names(), limit);
            another = !found.equals(expected);
            Map<TopicPartition, Long> now = TopicOffsets.committedEnds(admin, found, limit);
            ends.accept(now);
            streams.accept(lag.ask(admin, found, now, limit));
            group.accept(lag.group(admin, found, limit));
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Throws why it cannot be looked at, once. */
    public void check() throws ExecutionException, TimeoutException {
        Exception problem = failure;
        if (problem instanceof ExecutionException e) {
            throw e;
        }
        if (problem instanceof TimeoutException e) {
            throw e;
        }
        if (problem instanceof RuntimeException e) {
            throw e;
        }
    }

    /** Whether it is another Kafka, or has other topics. */
    public boolean isAnother() {
        return another;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
