package io.risefall.query.http;

import java.time.Duration;

/**
 * What a client may take.
 *
 * @param connections how many may be open; for one more, that which has waited longest for its request is closed
 * @param request how long a request may take to come, from the moment when the connection is open or the last answer is
 *     sent
 * @param send how long an answer may take to be taken, and one second more for each {@code sendBytesPerSecond}
 * @param linger how long a connection is read, after a refusal, so that the refusal is not lost on the way
 */
public record HttpLimits(int connections, Duration request, Duration send, int sendBytesPerSecond, Duration linger) {
    static final int LINE_BYTES = 8 * 1024;
    static final int HEADER_BYTES = 16 * 1024;

    public static final HttpLimits USUAL =
            new HttpLimits(1024, Duration.ofSeconds(20), Duration.ofSeconds(30), 16 * 1024, Duration.ofSeconds(2));
}
