package io.risefall.ingest.network;

import java.net.SocketAddress;

/** Receives messages from outside into a {@link JournalInput}. Started and closed once. */
public interface Listener extends AutoCloseable {

    /**
     * Returns when it listens.
     *
     * @throws io.risefall.ingest.failure.IngestException if it cannot, saying where and why
     */
    void start();

    /** Where it listens, with the port that was taken. */
    SocketAddress boundAddress();

    /** Whether it still receives; an input that can end does not forever. */
    default boolean isListening() {
        return true;
    }

    /** Whether what there was to be told while nobody listened is told now. */
    enum Kept {
        NOT_KNOWN_YET,
        ALL,
        /** Some of it may be lost. */
        NOT_ALL
    }

    /** Of the time since an earlier process of Risefall listened. Any thread. */
    default Kept kept() {
        return Kept.NOT_ALL;
    }

    /** Returns when nothing more is appended. */
    @Override
    void close();
}
