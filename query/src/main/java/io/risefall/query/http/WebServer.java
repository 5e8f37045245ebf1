package io.risefall.query.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
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
    private final HttpCounts counts;
    private final Peers peers;
    private final Held held;
    private final Shares streams = new Shares();

    private volatile Channel channel;

    public WebServer(Collection<Route> routes, HttpLimits limits) {
        this(routes, limits, null, new HttpCounts());
    }

    /**
     * @param encryption how what is sent is encrypted, asked for each connection; null: not at all
     * @param counts told what becomes of clients
     */
    public WebServer(
            Collection<Route> routes, HttpLimits limits, @Nullable Supplier<SslContext> encryption, HttpCounts counts) {
        this.encryption = encryption;
        this.routes = new Routes(routes);
        this.limits = limits;
        this.counts = counts;
        peers = new Peers(limits, counts);
        held = new Held(limits.heldBytes(), counts);
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
                .childOption(ChannelOption.SO_SNDBUF, HttpLimits.SEND_BUFFER_BYTES)
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

    boolean isEncrypted() {
        return encryption != null;
    }

    HttpCounts counts() {
        return counts;
    }

    Peers peers() {
        return peers;
    }

    Held held() {
        return held;
    }

    /** Whether there may be one more event stream; it ends with its connection. */
    boolean enterStream(Channel connection) {
        int most = Shares.isOfThisHost(connection) ? limits.streams() : HttpLimits.ofOneAddress(limits.streams());
        if (streams.all() >= limits.streams() || streams.of(connection) >= most) {
            return false;
        }
        streams.add(connection, 1);
        counts.streams(1);
        connection.closeFuture().addListener(closed -> {
            streams.add(connection, -1);
            counts.streams(-1);
        });
        return true;
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private final class Connections extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel connection) {
            peers.enter(connection);
            if (encryption != null) {
                connection.pipeline().addLast(new Encryption(encryption.get(), limits.request(), counts));
            }
            Connection talk = new Connection(WebServer.this);
            connection
                    .pipeline()
                    .addLast(new Heard(talk))
                    .addLast(new HttpServerCodec(new HttpDecoderConfig()
                            .setMaxInitialLineLength(HttpLimits.LINE_BYTES)
                            .setMaxHeaderSize(HttpLimits.HEADER_BYTES)))
                    .addLast(new ChunkedWriteHandler())
                    .addLast(talk);
        }
    }

    /** Sees bytes of which the codec has made nothing yet. */
    private static final class Heard extends ChannelInboundHandlerAdapter {
        private final Connection talk;

        Heard(Connection talk) {
            this.talk = talk;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            talk.heard();
            context.fireChannelRead(bytes);
        }
    }
}
