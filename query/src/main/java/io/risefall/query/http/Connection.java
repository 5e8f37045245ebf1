package io.risefall.query.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: waits for a request, has it answered, sends the answer, waits for the next. It is read all along, so that
 * one whose client goes away is noticed; what comes before the answer is sent is dropped, and the connection closed after
 * it. Refused are those without a token before their body is read. All by the server's one thread.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private static final int BLOCK = 64 * 1024;

    private enum State {
        WAITING,
        READING,
        ANSWERING,
        /** Refused: what still comes is read and forgotten. */
        ENDING
    }

    private final WebServer server;
    private State state = State.WAITING;
    private boolean keepAlive;
    private @Nullable Route route;
    private String uri = "";
    private HttpHeaders headers = EmptyHttpHeaders.INSTANCE;
    private ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable Request asked;
    private @Nullable Future<?> deadline;

    Connection(WebServer server) {
        this.server = server;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        await(context);
    }

    private void await(ChannelHandlerContext context) {
        state = State.WAITING;
        server.waits(context.channel());
        within(context, server.limits().request(), () -> tooSlow(context));
    }

    private void tooSlow(ChannelHandlerContext context) {
        if (state == State.READING) {
            refuse(
                    context,
                    Answer.text(
                            408,
                            "the request did not arrive within "
                                    + server.limits().request().toSeconds() + " s"));
        } else {
            context.close();
        }
    }

    /** One deadline at a time: a new one takes the place of that before. */
    private void within(ChannelHandlerContext context, Duration limit, Runnable otherwise) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        deadline = context.executor().schedule(otherwise, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpRequest request) {
                begin(context, request);
            }
            if (message instanceof HttpContent content && state == State.READING) {
                read(context, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        if (state != State.WAITING) {
            keepAlive = false;
            return;
        }
        if (request.decoderResult().isFailure()) {
            refuse(context, malformed(request.decoderResult().cause()));
            return;
        }
        keepAlive = HttpUtil.isKeepAlive(request);
        uri = request.uri();
        Routes.Found found = server.routes().find(request);
        if (found.route() == null) {
            refuse(context, found.refusal());
            return;
        }
        route = found.route();
        headers = new DefaultHttpHeaders().set(request.headers());
        body = new ByteArrayOutputStream();
        state = State.READING;
        if (HttpUtil.is100ContinueExpected(request)) {
            context.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private static Answer malformed(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Answer.text(414, "the request line is longer than " + HttpLimits.LINE_BYTES + " bytes");
        }
        return cause instanceof TooLongFrameException
                ? Answer.text(431, "the headers are longer than " + HttpLimits.HEADER_BYTES + " bytes")
                : Answer.text(400, "not HTTP");
    }

    private void read(ChannelHandlerContext context, HttpContent content) {
        Route to = route;
        if (to == null || content.decoderResult().isFailure()) {
            refuse(context, Answer.text(400, "not HTTP"));
            return;
        }
        int length = content.content().readableBytes();
        if (body.size() + length > to.bodyBytes()) {
            refuse(context, Routes.tooLong(to));
            return;
        }
        byte[] bytes = new byte[length];
        content.content().readBytes(bytes);
        body.writeBytes(bytes);
        if (content instanceof LastHttpContent) {
            answer(context, to);
        }
    }

    private void answer(ChannelHandlerContext context, Route to) {
        state = State.ANSWERING;
        server.waitsNoMore(context.channel());
        if (deadline != null) {
            deadline.cancel(false);
        }
        Request request = new Request(remote(context), to.path(), uri, headers, body.toByteArray());
        body = new ByteArrayOutputStream();
        asked = request;
        answered(to, request)
                .whenComplete((answer, failure) -> context.executor().execute(() -> {
                    asked = null;
                    send(context, failure == null ? answer : Failures.answer(to.path(), failure));
                }));
    }

    private static String remote(ChannelHandlerContext context) {
        return context.channel().remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "";
    }

    private static CompletionStage<Answer> answered(Route to, Request request) {
        try {
            return to.endpoint().answer(request);
        } catch (Exception e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void refuse(ChannelHandlerContext context, @Nullable Answer answer) {
        state = State.ENDING;
        keepAlive = false;
        server.waitsNoMore(context.channel());
        send(context, answer == null ? Answer.text(400, "not HTTP") : answer);
    }

    private void send(ChannelHandlerContext context, Answer answer) {
        if (!context.channel().isActive()) {
            answer.discard();
            return;
        }
        Answer.EventFeed feed = answer.feed();
        if (feed != null) {
            context.pipeline().addLast(new EventStream(feed, server.limits().send()));
            keepAlive = false;
            HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            headers(head, answer);
            head.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
            context.writeAndFlush(head);
            return;
        }
        HttpLimits limits = server.limits();
        within(context, limits.send().plusSeconds(answer.size() / limits.sendBytesPerSecond()), context::close);
        write(context, answer).addListener(sent -> {
            if (!sent.isSuccess()) {
                context.close();
            } else if (keepAlive) {
                await(context);
            } else {
                end(context);
            }
        });
    }

    private ChannelFuture write(ChannelHandlerContext context, Answer answer) {
        Spool spool = answer.spool();
        FileChannel file = spool == null ? null : spool.file();
        HttpResponseStatus status = HttpResponseStatus.valueOf(answer.status());
        if (file == null) {
            FullHttpResponse whole =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(answer.body()));
            headers(whole, answer);
            return context.writeAndFlush(whole);
        }
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
        headers(head, answer);
        context.write(head);
        try {
            context.write(new ChunkedNioFile(file, BLOCK)); // closes the file, whatever comes
        } catch (IOException e) {
            answer.discard();
            return context.newFailedFuture(e);
        }
        return context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private void headers(HttpResponse response, Answer answer) {
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        answer.headers().forEach(response.headers()::set);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.size())
                .set("X-Content-Type-Options", "nosniff")
                .set(HttpHeaderNames.CONNECTION, keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    }

    /** Closing while there is something to read would reset the connection, and the answer could be lost. */
    private void end(ChannelHandlerContext context) {
        state = State.ENDING;
        Channel channel = context.channel();
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
        within(context, server.limits().linger(), context::close);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        server.waitsNoMore(context.channel());
        if (deadline != null) {
            deadline.cancel(false);
        }
        if (asked != null) {
            asked.abandoned().complete(null);
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("client went away: {}", cause.toString());
        context.close();
    }
}
