package io.risefall.ingest.network.tcp;

/**
 * The protocol of one connection: splits its bytes into messages, offers them to the journal and answers the sender.
 * One instance per connection; used by one thread.
 */
public interface TcpProtocol {

    /** What the bytes received so far contain. */
    enum Step {
        /** A whole message, to be taken. */
        MESSAGE,
        /** No further whole message. */
        NEEDS_BYTES,
        /** The conversation is over, because the sender ended it or because its bytes are not of this protocol. */
        END
    }

    /** Adds received bytes; all earlier ones are used. */
    void add(byte[] bytes);

    /** Looks for the next message. The one before is taken. */
    Step next();

    /**
     * Takes the message that {@link #next} found.
     *
     * @param sender the sender's address
     * @return false if the journal has no room; the same message is offered again later
     */
    boolean take(String sender);

    /**
     * Takes what remains when the sender has closed the connection, for the last time. Not called where senders repeat what
     * was not acknowledged.
     */
    default void takeLast(String sender) {}

    /** Whether the sender repeats whatever was not acknowledged, so that a message must not be answered before it is stored. */
    boolean sendsAgain();

    /** Removes and returns the answers to everything taken so far; called when all of it is in the journal. */
    default byte[] answers() {
        return new byte[0];
    }

    /** What is sent before this side closes the connection. */
    default byte[] farewell() {
        return new byte[0];
    }
}
