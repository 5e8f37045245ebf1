package io.risefall.app.serving;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Stores the contents of the topics, and answers queries. Called by one thread; {@link #start} and {@link #close} once each. */
public interface QueryPart extends AutoCloseable {
    void start() throws Exception;

    /** Completes exceptionally when it has failed for good. */
    CompletableFuture<Void> failed();

    /** The address for queries, once started; null: none. */
    @Nullable String address();

    @Override
    void close();
}
