package io.risefall.ingest.network;

import java.net.InetSocketAddress;

/**
 * Syslog over UDP.
 *
 * @param address where to listen; port 0 takes a free one
 */
public record SyslogUdp(InetSocketAddress address) {
    public String name() {
        return "udp:" + address.getHostString() + ":" + address.getPort();
    }
}
