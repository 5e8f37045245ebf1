package io.risefall.ingest.network.tcp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.timeout.IdleStateHandler;
import io.risefall.ingest.network.DropCounters;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.ListenSockets;
import io.risefall.ingest.network.Listener;
import io.risefall.ingest.network.NetworkLimits;
import io.risefall.ingest.network.tls.TlsContext;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syslog or RELP over TCP or TLS into a journal. One thread serves all connections. While the journal is full,
 * connections are not read, so the sender waits; nothing is lost except what {@link DropCounters} counts.
 */
public final class TcpServer implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(TcpServer.class);

    private static final int BACKLOG = 128;

    private final TcpSource source;
    private final Supplier<TcpProtocol> protocol;
    private final JournalInput input;
    private final NetworkLimits limits;
    private int connections;
    private @Nullable TlsContext tls;
    private @Nullable EventLoopGroup loop;
    private @Nullable Channel channel;

    /** @param protocol creates the protocol of one connection */
    public TcpServer(TcpSource source, Supplier<TcpProtocol> protocol, JournalInput input, NetworkLimits limits) {
        this.source = source;
        this.protocol = protocol;
        this.input = input;
        this.limits = limits;
    }

    @Override
    public void start() {
        tls = source.tls() == null ? null : new TlsContext(source.tls(), input.clock());
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, ListenSockets.threads("syslog-tcp"), NioIoHandler.newFactory());
        loop = group;
        channel = ListenSockets.bound(
                new ServerBootstrap()
                        .group(group)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.SO_KEEPALIVE, true)
                        .childHandler(new Connections())
                        .bind(source.address()),
                "TCP",
                source.address());
        LOG.info("listening for {} at {}", source.protocol(), boundAddress());
    }

    @Override
    public InetSocketAddress boundAddress() {
        return ListenSockets.addressOf(channel);
    }

    @Override
    public void close() {
        ListenSockets.close(channel, loop);
    }

    private SslHandler handshake(SslHandler handler) {
        handler.setHandshakeTimeoutMillis(limits.handshake().toMillis());
        // Other failures come along the pipeline.
        handler.handshakeFuture().addListener(done -> {
            if (done.cause() instanceof SslHandshakeTimeoutException late) {
                ConnectionErrors.count(input.drops(), late);
            }
        });
        return handler;
    }

    /** Counts them in the one thread that serves them all. */
    private final class Connections extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel connection) {
            if (!source.allowed().allows(connection.remoteAddress())) {
                input.drops().interrupted("connections refused: the sender is not allowed");
                connection.close();
                return;
            }
            if (connections >= limits.connections()) {
                input.drops().interrupted("connections refused: " + limits.connections() + " are open");
                connection.close();
                return;
            }
            connections++;
            connection.closeFuture().addListener(closed -> connections--);
            ChannelPipeline pipeline = connection.pipeline();
            pipeline.addLast(new IdleStateHandler(limits.idle().toMillis(), 0, 0, TimeUnit.MILLISECONDS));
            if (source.proxyProtocol()) {
                pipeline.addLast(new ProxyHeader());
            }
            if (tls != null) {
                pipeline.addLast(handshake(tls.current().newHandler(connection.alloc())));
            }
            pipeline.addLast(new BackpressuredConnection(protocol.get(), input));
        }
    }
}
