package io.risefall.query.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.OptionalSslHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Encrypts one connection. Who speaks HTTP without encryption is told so, and nothing else. By the server's one thread. */
final class Encryption extends OptionalSslHandler {
    private static final String TOLD = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
            + "Connection: close\r\n\r\nthis port speaks TLS: use https://\n";

    private final Duration handshake;
    private final HttpCounts counts;

    /** @param handshake how long it may take */
    Encryption(SslContext context, Duration handshake, HttpCounts counts) {
        super(context);
        this.handshake = handshake;
        this.counts = counts;
    }

    @Override
    protected SslHandler newSslHandler(ChannelHandlerContext context, SslContext encryption) {
        SslHandler handler = super.newSslHandler(context, encryption);
        handler.setHandshakeTimeoutMillis(handshake.toMillis());
        return handler;
    }

    @Override
    protected ChannelHandler newNonSslHandler(ChannelHandlerContext context) {
        counts.refused(Refusal.TLS);
        return new Teller();
    }

    /** Lets nothing through. */
    private static final class Teller extends ChannelInboundHandlerAdapter {
        private boolean told;

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            ReferenceCountUtil.release(bytes);
            if (!told) {
                told = true;
                context.writeAndFlush(Unpooled.copiedBuffer(TOLD, StandardCharsets.US_ASCII))
                        .addListener(ChannelFutureListener.CLOSE);
            }
        }
    }
}
