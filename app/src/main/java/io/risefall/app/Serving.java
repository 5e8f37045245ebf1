package io.risefall.app;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The query part: the warehouse, what fills it and, where asked for, what answers over HTTP. */
final class Serving implements AutoCloseable {
    private final CompletableFuture<Void> failed = new CompletableFuture<>();

    Serving(String bootstrapServers, DataDirectory data, @Nullable HostPort http) {}

    void start() {}

    CompletableFuture<Void> failed() {
        return failed;
    }

    void awaitRead(Map<TopicPartition, Long> next) {}

    @Nullable String address() {
        return null;
    }

    @Override
    public void close() {}
}
