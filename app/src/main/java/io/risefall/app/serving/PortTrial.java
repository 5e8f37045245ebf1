package io.risefall.app.serving;

import io.risefall.app.options.HostPort;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;

/** Listens at an address for a moment, to see whether that can be done. */
final class PortTrial {
    private PortTrial() {}

    /** @throws IOException why it cannot; a {@link java.net.BindException} if the port is taken or the address is not of this host */
    static void listen(HostPort at) throws IOException {
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            channel.bind(at.address());
        } catch (UnresolvedAddressException e) {
            throw new UnknownHostException(at.host());
        }
    }
}
