package io.risefall.query.http;

import java.time.Duration;

/**
 * What a client may take. Of connections and of event streams, an address other than this host's may have a quarter.
 *
 * @param connections how many may be open; for one more, one is closed that waits for its client ({@link Peers})
 * @param streams how many of them may be event streams
 * @param heldBytes how much of requests and answers may lie in memory for clients ({@link Held})
 * @param request how long a request may take to come, from the moment when the connection is open or the last answer is
 *     sent
 * @param send in each such time an answer is taken to the end, or {@code sendBytesPerSecond} of it
 * @param linger how long a connection is read, after a refusal, so that the refusal is not lost on the way
 */
public record HttpLimits(
        int connections,
        int streams,
        long heldBytes,
        Duration request,
        Duration send,
        int sendBytesPerSecond,
        Duration linger) {
    static final int LINE_BYTES = 8 * 1024;
    static final int HEADER_BYTES = 16 * 1024;

    /** What the system keeps of an answer that is not taken: without a limit it would be megabytes for each connection. */
    static final int SEND_BUFFER_BYTES = 128 * 1024;

    private static final int SHARE = 4;

    public static final HttpLimits USUAL = new HttpLimits(
            1024, 512, 64L << 20, Duration.ofSeconds(20), Duration.ofSeconds(30), 16 * 1024, Duration.ofSeconds(2));

    /** How many of so many one address may have. */
    static int ofOneAddress(int all) {
        return Math.max(1, all / SHARE);
    }

    /** How many bytes an answer is taken in each {@link #send}. */
    long leastBytes() {
        return sendBytesPerSecond * send.toMillis() / 1000;
    }
}
