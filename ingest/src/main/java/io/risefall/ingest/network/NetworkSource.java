package io.risefall.ingest.network;

import io.risefall.ingest.line.context.LineDefaults;

/** A place to which others send messages; they go through a journal of its own. */
public interface NetworkSource {

    /** The name under which its position and its events are published, as {@code udp:127.0.0.1:5514}. */
    String name();

    /** For people, as {@code syslog over UDP}. */
    String protocol();

    /** How to read what comes. */
    LineDefaults lines();

    /**
     * Looks whether it could be listened to now, so that what is started before the listener need not be started in vain.
     * Where nothing but the listener itself can tell, as at a unix socket, this says nothing.
     *
     * @throws io.risefall.ingest.failure.IngestException if it could not, saying where and why
     */
    default void checkFree() {}

    /** Whether who sends keeps what was not taken, and sends it again: then nothing is lost while nobody listens. */
    default boolean sendsAgain() {
        return false;
    }

    /** Whether all of it comes from one writer, in order, line by line. */
    default boolean oneWriter() {
        return false;
    }

    /** Receives for this source, not yet started. */
    Listener listener(JournalInput input, NetworkLimits limits);
}
