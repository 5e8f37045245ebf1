package io.risefall.ingest.network.syslog;

import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.network.AllowedSenders;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.ListenSockets;
import io.risefall.ingest.network.Listener;
import io.risefall.ingest.network.NetworkLimits;
import io.risefall.ingest.network.tcp.TcpServer;
import io.risefall.ingest.network.tcp.TcpSource;
import io.risefall.ingest.network.tls.Tls;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Syslog over TCP, framed by octet counting or by newline; with TLS it is RFC 5425.
 *
 * @param address where to listen; port 0 takes a free one
 * @param allowed the senders that may connect
 * @param tls the certificates; null: plain
 * @param proxyProtocol whether each connection begins with a header of the PROXY protocol, version 1 or 2, that names
 *     the sender; then one without it is refused
 * @param lines how to read the lines
 */
public record SyslogTcp(
        InetSocketAddress address,
        AllowedSenders allowed,
        @Nullable Tls tls,
        boolean proxyProtocol,
        LineDefaults lines) implements TcpSource {

    /** Plain, for everybody. */
    public SyslogTcp(InetSocketAddress address, LineDefaults lines) {
        this(address, AllowedSenders.EVERYBODY, null, false, lines);
    }

    @Override
    public String name() {
        return (tls == null ? "tcp:" : "tls:") + ListenSockets.name(address);
    }

    @Override
    public String protocol() {
        return "syslog over " + (tls == null ? "TCP" : "TLS") + " from " + allowed
                + (tls != null && tls.clientAuthority() != null ? ", with a client certificate" : "")
                + (proxyProtocol ? ", behind the PROXY protocol" : "");
    }

    @Override
    public Listener listener(JournalInput input, NetworkLimits limits) {
        return new TcpServer(this, () -> new SyslogProtocol(input, limits.message(), tls == null), input, limits);
    }
}
