package io.risefall.ingest.network;

import java.net.SocketAddress;

/** Takes messages from outside into an {@link JournalInput}. Started and closed once. */
public interface Listener extends AutoCloseable {

    /**
     * Returns when it listens.
     *
     * @throws io.risefall.ingest.failure.IngestException if it cannot, saying where and why
     */
    void start();

    /** Where it listens, with the port that was taken. */
    SocketAddress boundAddress();

    /** Whether it still takes what comes; an input that can end does not for ever. */
    default boolean isListening() {
        return true;
    }

    /** Returns when nothing is appended any more. */
    @Override
    void close();
}
