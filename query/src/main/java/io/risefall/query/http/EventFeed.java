package io.risefall.query.http;

import java.util.function.Consumer;

/** What sends events to a client until it goes: the body of a {@code text/event-stream}. Any thread. */
public interface EventFeed {
    /**
     * Begins to send.
     *
     * @param client takes the data of one event, one line; what it cannot take at once it leaves out
     * @return ends it
     */
    AutoCloseable listen(Consumer<String> client);
}
