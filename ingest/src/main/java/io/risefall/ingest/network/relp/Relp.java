package io.risefall.ingest.network.relp;

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
 * RELP, as rsyslog's {@code omrelp} sends it: syslog whose sender keeps each message until it is acknowledged, which is
 * when it is in the journal. If the connection breaks before that, the message is sent again, so it can arrive twice;
 * deduplication counts it once.
 *
 * @param address where to listen; port 0 takes a free one
 * @param allowed the senders that may connect
 * @param tls the certificates; null: plain
 * @param lines how to read the lines
 */
public record Relp(
        InetSocketAddress address,
        AllowedSenders allowed,
        @Nullable Tls tls,
        LineDefaults lines) implements TcpSource {

    /** Plain, for everybody. */
    public Relp(InetSocketAddress address, LineDefaults lines) {
        this(address, AllowedSenders.EVERYBODY, null, lines);
    }

    @Override
    public String name() {
        return "relp:" + ListenSockets.name(address);
    }

    @Override
    public String protocol() {
        return "RELP" + (tls == null ? "" : " over TLS") + " from " + allowed
                + (tls != null && tls.clientAuthority() != null ? ", with a client certificate" : "");
    }

    @Override
    public boolean sendsAgain() {
        return true;
    }

    @Override
    public boolean proxyProtocol() {
        return false;
    }

    @Override
    public Listener listener(JournalInput input, NetworkLimits limits) {
        return new TcpServer(this, () -> new RelpProtocol(input, limits.message()), input, limits);
    }
}
