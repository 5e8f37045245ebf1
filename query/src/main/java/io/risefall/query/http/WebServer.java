package io.risefall.query.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server of one thread, which waits for nobody: a client that says nothing, says it slowly or takes its answer
 * slowly holds a connection and no thread, and not for ever ({@link HttpLimits}). {@link #start} and {@link #close} once
 * each.
 */
public final class WebServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final long CLOSE_SECONDS = 5;

    private final Routes routes;
    private final HttpLimits limits;
    private final @Nullable Supplier<SslContext> encryption;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("query-service", true), NioIoHandler.newFactory());
    /** In the order in which they began to wait; of the one thread. */
    private final Set<Channel> waiting = new LinkedHashSet<>();

    private int connections;
    private volatile Channel channel;

    public WebServer(Collection<Route> routes, HttpLimits limits) {
        this(routes, limits, null);
    }

    /** @param encryption how what is sent is encrypted, asked for each connection; null: not at all */
    public WebServer(Collection<Route> routes, HttpLimits limits, @Nullable Supplier<SslContext> encryption) {
        this.encryption = encryption;
        this.routes = new Routes(routes);
        this.limits = limits;
    }

    /** Begins to listen; throws what stops it, as a {@link java.net.BindException}. */
    public void start(InetSocketAddress bind) throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new Connections())
                .bind(bind)
                .awaitUninterruptibly();
        if (bound.cause() instanceof IOException e) {
            throw e;
        } else if (bound.cause() != null) {
            throw new IOException(bound.cause());
        }
        channel = bound.channel();
    }

    /** Where it listens, once started. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    Routes routes() {
        return routes;
    }

    HttpLimits limits() {
        return limits;
    }

    void waits(Channel connection) {
        waiting.remove(connection);
        waiting.add(connection);
    }

    void waitsNoMore(Channel connection) {
        waiting.remove(connection);
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private final class Connections extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel connection) {
            connections++;
            connection.closeFuture().addListener(closed -> connections--);
            if (connections > limits.connections()) {
                waiting.stream().findFirst().orElse(connection).close();
            }
            if (encryption != null) {
                SslHandler handler = encryption.get().newHandler(connection.alloc());
                handler.setHandshakeTimeoutMillis(limits.request().toMillis());
                connection.pipeline().addLast(handler);
            }
            connection
                    .pipeline()
                    .addLast(new HttpServerCodec(new HttpDecoderConfig()
                            .setMaxInitialLineLength(HttpLimits.LINE_BYTES)
                            .setMaxHeaderSize(HttpLimits.HEADER_BYTES)))
                    .addLast(new ChunkedWriteHandler())
                    .addLast(new Connection(WebServer.this));
        }
    }
}
