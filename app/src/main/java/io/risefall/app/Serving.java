package io.risefall.app;

import io.risefall.query.Warehouse;
import io.risefall.query.WarehouseWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The query part: the warehouse, what fills it and, where asked for, what answers over HTTP. Called by one thread. */
final class Serving implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(500);

    private final String bootstrapServers;
    private final DataDirectory data;
    private final ZoneId zone;
    private final @Nullable HostPort http;
    private final Parts parts = new Parts();

    private @Nullable WarehouseWriter writer;

    /**
     * @param zone where days begin
     * @param http where to answer; null: nowhere
     */
    Serving(String bootstrapServers, DataDirectory data, ZoneId zone, @Nullable HostPort http) {
        this.bootstrapServers = bootstrapServers;
        this.data = data;
        this.zone = zone;
        this.http = http;
    }

    void start() throws Exception {
        Warehouse warehouse = parts.add(Warehouse.open(data.warehouse(), zone));
        writer = parts.add(new WarehouseWriter(warehouse, bootstrapServers));
        parts.watch(writer.failed());
        writer.start();
    }

    /** Completes exceptionally when it cannot go on. */
    CompletableFuture<Void> failed() {
        return parts.failed();
    }

    /** Waits until the records before these offsets are rows. */
    void awaitRead(Map<TopicPartition, Long> next) throws InterruptedException {
        while (!writer.await(next, STEP)) {
            parts.check();
        }
    }

    /** Where it answers; null: nowhere. */
    @Nullable String address() {
        return null;
    }

    @Override
    public void close() {
        parts.close();
    }
}
