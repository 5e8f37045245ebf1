package io.risefall.ingest.network;

import io.risefall.ingest.line.LineDefaults;
import java.net.InetSocketAddress;

/**
 * Syslog over TCP, framed by octet counting or by newline.
 *
 * @param address where to listen; port 0 takes a free one
 * @param lines how to read what comes
 */
public record SyslogTcp(InetSocketAddress address, LineDefaults lines) implements NetworkSource {
    @Override
    public String name() {
        return "tcp:" + address.getHostString() + ":" + address.getPort();
    }

    @Override
    public String protocol() {
        return "syslog over TCP";
    }

    @Override
    public Listener listener(Inlet inlet, NetworkLimits limits) {
        return new SyslogTcpServer(address, inlet, limits);
    }
}
