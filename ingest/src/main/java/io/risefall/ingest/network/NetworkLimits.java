package io.risefall.ingest.network;

import java.time.Duration;

/**
 * Limits of a listener.
 *
 * @param message bytes kept of one message; of a longer one the rest is dropped
 * @param connections connections at a time; further ones are closed at once
 * @param idle a connection that is silent for this long is closed
 * @param handshake a connection without a finished TLS handshake after this time is closed
 * @param udpReceiveBuffer bytes requested from the kernel, which can give less ({@code net.core.rmem_max})
 */
public record NetworkLimits(int message, int connections, Duration idle, Duration handshake, int udpReceiveBuffer) {

    /** The defaults. */
    public static final NetworkLimits DEFAULT =
            new NetworkLimits(64 * 1024, 1024, Duration.ofMinutes(10), Duration.ofSeconds(10), 4 * 1024 * 1024);

    public NetworkLimits {
        if (message < 1 || connections < 1 || udpReceiveBuffer < 1) {
            throw new IllegalArgumentException(
                    "limits must be at least 1: " + message + ", " + connections + ", " + udpReceiveBuffer);
        }
        if (idle.toMillis() < 1 || handshake.toMillis() < 1) {
            throw new IllegalArgumentException("limits must be at least 1 ms: " + idle + ", " + handshake);
        }
    }

    /** The same with another length of messages. */
    NetworkLimits withMessage(int message) {
        return new NetworkLimits(message, connections, idle, handshake, udpReceiveBuffer);
    }

    /** The same with another number of connections. */
    public NetworkLimits withConnections(int connections) {
        return new NetworkLimits(message, connections, idle, handshake, udpReceiveBuffer);
    }

    /** The same with another idle timeout. */
    NetworkLimits withIdle(Duration idle) {
        return new NetworkLimits(message, connections, idle, handshake, udpReceiveBuffer);
    }

    /** The same with another handshake timeout. */
    NetworkLimits withHandshake(Duration handshake) {
        return new NetworkLimits(message, connections, idle, handshake, udpReceiveBuffer);
    }

    /** The same with another receive buffer. */
    NetworkLimits withUdpReceiveBuffer(int bytes) {
        return new NetworkLimits(message, connections, idle, handshake, bytes);
    }
}
