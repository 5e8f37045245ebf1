package io.risefall.ingest.network.stats;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where HAProxy's stats socket is: the path of a unix socket, or a loopback address. What is said over TCP is neither encrypted
 * nor limited to a user, so no other address is taken.
 *
 * @param text as it was given
 * @param socket where to connect
 */
public record StatsAddress(String text, SocketAddress socket) {
    private static final int LARGEST_PORT = 65_535;

    /**
     * Reads {@code /run/haproxy/admin.sock} or {@code 127.0.0.1:9999}.
     *
     * @throws IllegalArgumentException with a sentence for whom gave it
     */
    public static StatsAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.contains("/")) {
            return new StatsAddress(text, path(text));
        }
        String host = text.substring(0, colon).replaceAll("^\\[|\\]$", "");
        InetSocketAddress address = new InetSocketAddress(host.isEmpty() ? "127.0.0.1" : host, port(text, colon));
        if (address.getAddress() == null || !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("'" + text
                    + "' is not on this host: a stats socket over TCP is neither encrypted nor limited to a user; use the "
                    + "path of a unix socket, or a loopback address such as 127.0.0.1:9999");
        }
        return new StatsAddress(text, address);
    }

    private static SocketAddress path(String text) {
        try {
            if (!text.isBlank()) {
                return UnixDomainSocketAddress.of(Path.of(text));
            }
        } catch (InvalidPathException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a stats socket, such as /run/haproxy/admin.sock or 127.0.0.1:9999");
    }

    private static int port(String text, int colon) {
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port > 0 && port <= LARGEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("'" + text + "' is not HOST:PORT, such as 127.0.0.1:9999");
    }

    StandardProtocolFamily family() {
        if (!(socket instanceof InetSocketAddress address)) {
            return StandardProtocolFamily.UNIX;
        }
        return address.getAddress().getAddress().length == 4
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }

    @Override
    public String toString() {
        return text;
    }
}
