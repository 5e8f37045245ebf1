package io.risefall.ingest.network;

import java.net.InetSocketAddress;

/**
 * Syslog over TCP, framed by octet counting or by newline.
 *
 * @param address where to listen; port 0 takes a free one
 */
public record SyslogTcp(InetSocketAddress address) {
    public String name() {
        return "tcp:" + address.getHostString() + ":" + address.getPort();
    }
}
