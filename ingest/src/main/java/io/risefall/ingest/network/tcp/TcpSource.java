package io.risefall.ingest.network.tcp;

import io.risefall.ingest.network.AllowedSenders;
import io.risefall.ingest.network.ListenSockets;
import io.risefall.ingest.network.NetworkSource;
import io.risefall.ingest.network.tls.Tls;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;

/** Settings of everything that listens on TCP. */
public interface TcpSource extends NetworkSource {

    /** Where to listen. */
    InetSocketAddress address();

    @Override
    default void checkFree() {
        // Java sets SO_REUSEADDR on server channels by itself where the system is one that wants it.
        ListenSockets.checkFree("TCP", address(), ServerSocketChannel::open, ServerSocketChannel::bind);
    }

    /** Who may connect. */
    AllowedSenders allowed();

    /** The certificates; null: plain. */
    @Nullable Tls tls();

    /** Whether each connection begins with a header of the PROXY protocol. */
    boolean proxyProtocol();
}
