package io.risefall.query.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.handler.stream.ChunkedStream;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends answers on one connection, at the client's pace, which may be slow but not as it likes. By the server's one thread. */
final class AnswerWriter {
    private static final int BLOCK = 64 * 1024;

    /** A day, and of this name only: a browser then refuses every unencrypted service of the host, on whatever port. */
    private static final String ONLY_TLS = "max-age=86400";

    private final ChannelHandlerContext context;
    private final WebServer server;
    private long taken;
    private long takenBefore;
    private @Nullable Future<?> watch;

    AnswerWriter(ChannelHandlerContext context, WebServer server) {
        this.context = context;
        this.server = server;
    }

    /**
     * Sends one, and nothing else until it is sent; gives up a client that does not take it.
     *
     * @param keepAlive whether the client may ask again
     * @param headOnly whether the client does not want the body
     */
    ChannelFuture write(Answer answer, boolean keepAlive, boolean headOnly) {
        watch(answer.body().length);
        context.write(head(answer, keepAlive));
        if (headOnly) {
            answer.discard();
        } else {
            writeBody(answer);
        }
        return last(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /** Sends the beginning of an answer; how fast a client takes so little does not matter. */
    void begin(Answer answer, boolean keepAlive) {
        HttpResponse head = head(answer, keepAlive);
        HttpUtil.setTransferEncodingChunked(head, true);
        context.write(head);
        context.writeAndFlush(Unpooled.wrappedBuffer(answer.body()));
    }

    /** Sends the end of an answer that was begun; gives up a client that does not take it. */
    ChannelFuture end(Answer.Rest rest) {
        watch(rest.bytes().length);
        writeBytes(rest.bytes(), progress());
        return last(rest.whole() ? LastHttpContent.EMPTY_LAST_CONTENT : Unpooled.EMPTY_BUFFER);
    }

    private void watch(int bytes) {
        server.held().hold(context.channel(), bytes);
        taken = 0;
        takenBefore = 0;
        long period = server.limits().send().toMillis();
        watch = context.executor().scheduleAtFixedRate(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    private ChannelFuture last(Object message) {
        return context.writeAndFlush(message).addListener(sent -> stop());
    }

    /** Only the head: what follows has no end. */
    void writeHead(Answer answer) {
        HttpResponse head = head(answer, false);
        head.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        context.writeAndFlush(head);
    }

    private void look() {
        if (taken - takenBefore < server.limits().leastBytes()) {
            server.counts().refused(Refusal.SLOW_READER);
            context.close();
        }
        takenBefore = taken;
    }

    private HttpResponse head(Answer answer, boolean keepAlive) {
        HttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        answer.headers().forEach(response.headers()::set);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.size())
                .set("X-Content-Type-Options", "nosniff")
                .set(HttpHeaderNames.CONNECTION, keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
        if (server.isEncrypted()) {
            response.headers().set("Strict-Transport-Security", ONLY_TLS);
        }
        return response;
    }

    private void writeBody(Answer answer) {
        Spool spool = answer.spool();
        FileChannel file = spool == null ? null : spool.file();
        ChannelProgressivePromise sent = progress();
        if (file != null) {
            try {
                context.write(new ChunkedNioFile(file, BLOCK), sent); // closes the file, whatever comes
            } catch (IOException e) {
                answer.discard();
                context.close();
            }
        } else {
            writeBytes(answer.body(), sent);
        }
    }

    private ChannelProgressivePromise progress() {
        ChannelProgressivePromise sent = context.newProgressivePromise();
        sent.addListener(new Progress());
        return sent;
    }

    private void writeBytes(byte[] bytes, ChannelProgressivePromise sent) {
        if (bytes.length <= BLOCK) {
            context.write(Unpooled.wrappedBuffer(bytes), sent);
        } else {
            // Piece by piece, so that it is seen how it is taken.
            context.write(new ChunkedStream(new ByteArrayInputStream(bytes), BLOCK), sent);
        }
    }

    /** All is sent, or the connection is closed. */
    void stop() {
        if (watch != null) {
            watch.cancel(false);
        }
        server.held().hold(context.channel(), 0);
    }

    private final class Progress implements ChannelProgressiveFutureListener {
        @Override
        public void operationProgressed(ChannelProgressiveFuture future, long progress, long total) {
            taken = progress;
        }

        @Override
        public void operationComplete(ChannelProgressiveFuture future) {
            if (!future.isSuccess()) {
                context.close();
            }
        }
    }
}
