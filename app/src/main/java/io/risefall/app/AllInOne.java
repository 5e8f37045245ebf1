package io.risefall.app;

import io.risefall.streams.HealthStreams;
import io.risefall.streams.StreamsSettings;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The map of the program: everything in one process, consumers started before producers, stopped in reverse. Called by
 * one thread.
 */
final class AllInOne implements AutoCloseable {
    /** Kafka Streams' application id: the consumer group that works on the events. */
    static final String STREAMS_APPLICATION = "risefall";

    private final DataDirectory data;
    private final @Nullable String external;
    private final Parts parts = new Parts();
    private String bootstrapServers = "";

    /**
     * @param data locked
     * @param bootstrapServers the Kafka to use; null: an embedded one
     */
    AllInOne(DataDirectory data, @Nullable String bootstrapServers) {
        this.data = data;
        this.external = bootstrapServers;
    }

    void start() throws Exception {
        bootstrapServers = external == null ? embeddedKafka() : external;
        try (TopicsSetup topics = new TopicsSetup(bootstrapServers)) {
            topics.create(TopicsSetup.EMBEDDED_PARTITIONS, (short) 1);
        }
        HealthStreams streams = parts.add(new HealthStreams(StreamsSettings.of(bootstrapServers, data.streams())));
        parts.watch(streams.failed());
        streams.start();
    }

    private String embeddedKafka() throws Exception {
        EmbeddedKafka kafka = parts.add(new EmbeddedKafka(data.path()));
        parts.watch(kafka.failed());
        kafka.start();
        return kafka.bootstrapServers();
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    CompletableFuture<Void> failed() {
        return parts.failed();
    }

    @Override
    public void close() {
        parts.close();
    }
}
