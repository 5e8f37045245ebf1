package io.risefall.ingest.network;

import io.risefall.ingest.line.context.LineDefaults;

/** An input to which others send messages; they go through a journal of its own. */
public interface NetworkSource {

    /** The name under which its position and its events are published, as {@code udp:127.0.0.1:5514}. */
    String name();

    /** For people, as {@code syslog over UDP}. */
    String protocol();

    /** How to read the lines. */
    LineDefaults lines();

    /**
     * Checks whether the address is free, so that nothing is started before a listener that cannot start. Does nothing
     * where only the listener itself can tell, as at a unix socket.
     *
     * @throws io.risefall.ingest.failure.IngestException if it is not; the message says where and why
     */
    default void checkFree() {}

    /** Whether senders keep what was not acknowledged and send it again, so that nothing is lost while nothing listens. */
    default boolean sendsAgain() {
        return false;
    }

    /** Whether all lines are of one writer, in order. */
    default boolean oneWriter() {
        return false;
    }

    /** Creates the listener of this source, not yet started. */
    Listener listener(JournalInput input, NetworkLimits limits);
}
