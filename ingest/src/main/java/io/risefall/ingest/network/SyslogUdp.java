package io.risefall.ingest.network;

import io.risefall.ingest.line.LineDefaults;
import java.net.InetSocketAddress;

/**
 * Syslog over UDP: one datagram is one message.
 *
 * @param address where to listen; port 0 takes a free one
 * @param lines how to read what comes
 */
public record SyslogUdp(InetSocketAddress address, LineDefaults lines) implements NetworkSource {
    @Override
    public String name() {
        return "udp:" + address.getHostString() + ":" + address.getPort();
    }

    @Override
    public String protocol() {
        return "syslog over UDP";
    }

    @Override
    public Listener listener(Inlet inlet, NetworkLimits limits) {
        return new SyslogUdpServer(address, inlet, limits);
    }
}
