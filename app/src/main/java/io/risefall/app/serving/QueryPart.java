package io.risefall.app.serving;

import io.risefall.schemas.cluster.KafkaAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Stores the contents of the topics, and answers queries. Called by one thread; {@link #start} and {@link #close} once each. */
public interface QueryPart extends AutoCloseable {
    /** Begins what can be done while Kafka is still starting. Optional, once, before {@link #start}. */
    void prepare() throws Exception;

    void start(KafkaAddress kafka) throws Exception;

    /** Completes exceptionally when it has failed for good. */
    CompletableFuture<Void> failed();

    /** The address for queries, once started; null: none. */
    @Nullable String address();

    @Override
    void close();
}
