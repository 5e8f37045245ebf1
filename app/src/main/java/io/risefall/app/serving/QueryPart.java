package io.risefall.app.serving;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What keeps what the topics say, and answers. Called by one thread; {@link #start} and {@link #close} once each. */
public interface QueryPart extends AutoCloseable {
    void start() throws Exception;

    /** Completes exceptionally when it cannot go on. */
    CompletableFuture<Void> failed();

    /** Where it answers, once started; null: nowhere. */
    @Nullable String address();

    @Override
    void close();
}
