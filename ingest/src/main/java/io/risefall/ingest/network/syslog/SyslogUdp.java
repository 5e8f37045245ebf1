package io.risefall.ingest.network.syslog;

import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.network.AllowedSenders;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.ListenSockets;
import io.risefall.ingest.network.Listener;
import io.risefall.ingest.network.NetworkLimits;
import io.risefall.ingest.network.NetworkSource;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

/**
 * Syslog over UDP: one datagram is one message.
 *
 * @param address where to listen; port 0 takes a free one
 * @param allowed the senders whose datagrams are accepted
 * @param lines how to read what comes
 */
public record SyslogUdp(InetSocketAddress address, AllowedSenders allowed, LineDefaults lines)
        implements NetworkSource {
    @Override
    public String name() {
        return "udp:" + ListenSockets.name(address);
    }

    @Override
    public String protocol() {
        return "syslog over UDP from " + allowed;
    }

    @Override
    public void checkFree() {
        ListenSockets.checkFree("UDP", address, DatagramChannel::open, DatagramChannel::bind);
    }

    @Override
    public Listener listener(JournalInput input, NetworkLimits limits) {
        return new SyslogUdpServer(address, allowed, input, limits);
    }
}
