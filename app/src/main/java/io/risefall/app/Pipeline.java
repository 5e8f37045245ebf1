package io.risefall.app;

import io.risefall.query.ServiceClient;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What an import works with: the Kafka of a running service, an external one, or everything started for it alone.
 *
 * @see #open
 */
final class Pipeline implements AutoCloseable {
    private static final Duration STEP = Duration.ofSeconds(1);

    private final String bootstrapServers;
    private final Parts parts;
    private final @Nullable AllInOne own;
    private final @Nullable ServiceClient service;

    private Pipeline(String bootstrapServers, Parts parts, @Nullable AllInOne own, @Nullable ServiceClient service) {
        this.bootstrapServers = bootstrapServers;
        this.parts = parts;
        this.own = own;
        this.service = service;
    }

    /** Finds out what there is, and starts what is missing. */
    static Pipeline open(CommonOptions common, ZoneId zone, Terminal terminal) throws Exception {
        Optional<ServiceClient> running = ServiceClient.find(common.data);
        Parts parts = new Parts();
        if (running.isPresent()) {
            return new Pipeline(running.get().bootstrapServers(), parts, null, running.get());
        }
        try {
            DataDirectory data = parts.add(new DataDirectory(common.data, "risefall"));
            data.lock();
            Logs.start(data.path(), terminal.err(), common.debug);
            parts.add(Logs::stop);
            AllInOne own = parts.add(new AllInOne(data, common.bootstrapServers, zone, null, null));
            own.start();
            return new Pipeline(own.bootstrapServers(), parts, own, null);
        } catch (Exception e) {
            parts.close();
            throw e;
        }
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** Waits until everything published so far has become rows. */
    void awaitQueryable() throws InterruptedException {
        if (own != null) {
            own.awaitQueryable();
        } else {
            Queryable.await(bootstrapServers, () -> {}, this::awaitService);
        }
    }

    private void awaitService(Map<TopicPartition, Long> next) throws InterruptedException {
        try {
            while (!service.await(next, STEP)) {
                // The service tells each time; when it ends, the call fails.
            }
        } catch (IOException e) {
            throw new Failure(
                    "what was read is in Kafka, but the running risefall ended before it could be queried: "
                            + Failure.reason(e),
                    e);
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
