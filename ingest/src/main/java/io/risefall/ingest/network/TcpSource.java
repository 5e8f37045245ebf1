package io.risefall.ingest.network;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What all that listens on TCP has. */
sealed interface TcpSource extends NetworkSource permits SyslogTcp, Relp {

    /** Where to listen. */
    InetSocketAddress address();

    /** Who may connect. */
    AllowedSenders allowed();

    /** The certificates; null: plain. */
    @Nullable Tls tls();

    /** Whether each connection begins with a header of the PROXY protocol. */
    boolean proxyProtocol();
}
