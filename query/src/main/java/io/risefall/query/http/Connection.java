package io.risefall.query.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
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
 * it. Refusal are those without a token before their body is read. All by the server's one thread.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** Pages that are open stay open for minutes. */
    private static final Duration STREAM_RETRY = Duration.ofSeconds(60);

    private enum State {
        WAITING,
        READING,
        ANSWERING,
        /** Refusal: what still comes is read and forgotten. */
        ENDING
    }

    private final WebServer server;
    private State state = State.WAITING;
    /** Whether something of the next request has come. */
    private boolean begun;

    private boolean keepAlive;
    private @Nullable HttpRequest head;
    private @Nullable Route route;
    private ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable Request asked;
    private @Nullable AnswerWriter writer;
    private @Nullable Future<?> deadline;

    Connection(WebServer server) {
        this.server = server;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        await(context);
    }

    /** Bytes have come, which may be less than a head. */
    void heard() {
        begun = begun || state == State.WAITING;
    }

    private void await(ChannelHandlerContext context) {
        state = State.WAITING;
        begun = false;
        head = null;
        server.peers().waits(context.channel());
        within(context, server.limits().request(), () -> tooSlow(context));
    }

    private void tooSlow(ChannelHandlerContext context) {
        if (state == State.READING || begun) {
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
            // What was cut off by the end of a connection comes as a request, too.
            if (message instanceof HttpRequest request && context.channel().isActive()) {
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
            if (state == State.ANSWERING) {
                server.counts().refused(Refusal.PIPELINED);
            }
            keepAlive = false;
            return;
        }
        Answer wrong = malformed(request);
        if (wrong != null) {
            refuse(context, wrong);
            return;
        }
        // Who counts the bytes of a chunked request otherwise, as a proxy in front may, must not find one of its own
        // behind it.
        keepAlive = HttpUtil.isKeepAlive(request) && !HttpUtil.isTransferEncodingChunked(request);
        head = new DefaultHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                request.headers().copy());
        Routes.Found found = server.routes().find(request, remote(context));
        if (found.route() == null) {
            refuse(context, found.refusal());
            return;
        }
        route = found.route();
        body = new ByteArrayOutputStream();
        state = State.READING;
        if (HttpUtil.is100ContinueExpected(request)) {
            context.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private static @Nullable Answer malformed(HttpRequest request) {
        Throwable cause = request.decoderResult().cause();
        HttpVersion version = request.protocolVersion();
        if (cause instanceof TooLongHttpLineException) {
            return Answer.text(414, "the request line is longer than " + HttpLimits.LINE_BYTES + " bytes");
        } else if (cause instanceof TooLongFrameException) {
            return Answer.text(431, "the headers are longer than " + HttpLimits.HEADER_BYTES + " bytes");
        } else if (cause != null) {
            return Answer.text(400, "not HTTP");
        } else if (version.majorVersion() != 1) {
            return Answer.text(505, "use HTTP/1.1");
        }
        int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
        return hosts > 1 || (hosts == 0 && version.equals(HttpVersion.HTTP_1_1))
                ? Answer.text(400, "the request must have one Host header")
                : null;
    }

    private void read(ChannelHandlerContext context, HttpContent content) {
        Route to = route;
        HttpRequest begin = head;
        if (to == null || begin == null || content.decoderResult().isFailure()) {
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
        server.held().hold(context.channel(), body.size());
        if (content instanceof LastHttpContent) {
            answer(context, to, begin);
        }
    }

    private void answer(ChannelHandlerContext context, Route to, HttpRequest begin) {
        state = State.ANSWERING;
        server.peers().waitsNoMore(context.channel());
        server.held().hold(context.channel(), 0); // what waits for an answer is bounded where it waits
        if (deadline != null) {
            deadline.cancel(false);
        }
        Request request = new Request(remote(context), to.path(), begin.uri(), begin.headers(), body.toByteArray());
        body = new ByteArrayOutputStream();
        asked = request;
        answered(to, request)
                .whenComplete((answer, failure) -> context.executor().execute(() -> {
                    asked = null;
                    send(context, failure == null ? answer : failed(to, failure));
                }));
    }

    private Answer failed(Route to, Throwable failure) {
        if (Failures.cause(failure) instanceof BusyException) {
            server.counts().refused(Refusal.BUSY);
        }
        return Failures.answer(to.path(), failure);
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
        server.held().hold(context.channel(), 0);
        Answer why = answer == null ? Answer.text(400, "not HTTP") : answer;
        Refusal.of(why.status()).ifPresent(server.counts()::refused);
        write(context, why);
    }

    private void send(ChannelHandlerContext context, Answer answer) {
        if (!context.channel().isActive()) {
            answer.discard();
        } else if (answer.feed() != null && !isHead()) {
            stream(context, answer, answer.feed());
        } else if (answer.rest() != null) {
            begun(context, answer, answer.rest());
        } else {
            // An endpoint refuses only who asks; what else it says is an answer.
            Refusal.of(answer.status())
                    .filter(why -> why == Refusal.NOT_ALLOWED || why == Refusal.WRONG_TOKENS)
                    .ifPresent(server.counts()::refused);
            write(context, answer);
        }
    }

    private void begun(ChannelHandlerContext context, Answer answer, CompletionStage<Answer.Rest> rest) {
        boolean twoPieces = !isHead() && head != null && head.protocolVersion().equals(HttpVersion.HTTP_1_1);
        AnswerWriter answering = new AnswerWriter(context, server);
        if (twoPieces) {
            writer = answering;
            answering.begin(answer, keepAlive);
        }
        rest.thenAccept(end -> context.executor().execute(() -> {
            if (!context.channel().isActive()) {
                return;
            }
            if (twoPieces) {
                server.peers().waits(context.channel());
                answering.end(end).addListener(sent -> sent(context, sent.isSuccess() && end.whole()));
            } else {
                write(context, answer.ended(end));
            }
        }));
    }

    private boolean isHead() {
        return head != null && head.method().equals(HttpMethod.HEAD);
    }

    private void stream(ChannelHandlerContext context, Answer answer, Answer.EventFeed feed) {
        Route to = route;
        HttpRequest begin = head;
        if (to == null || begin == null || !server.enterStream(context.channel())) {
            server.counts().refused(Refusal.STREAMS);
            write(context, Answer.busy("too many pages are open; this one is not told of changes", STREAM_RETRY));
            return;
        }
        keepAlive = false;
        EventStream stream = new EventStream(feed, () -> to.guard().refusal(begin, remote(context)) == null, server);
        new AnswerWriter(context, server).writeHead(answer);
        context.pipeline().addLast(stream);
    }

    private void write(ChannelHandlerContext context, Answer answer) {
        server.peers().waits(context.channel()); // for the client, which has to take it
        if (deadline != null) {
            deadline.cancel(false);
        }
        AnswerWriter answering = new AnswerWriter(context, server);
        writer = answering;
        try {
            answering.write(answer, keepAlive, isHead()).addListener(sent -> sent(context, sent.isSuccess()));
        } catch (IllegalArgumentException e) { // as a header that is none
            LOG.warn("cannot send an answer: {}", e.toString());
            answer.discard();
            context.close();
        }
    }

    private void sent(ChannelHandlerContext context, boolean whole) {
        if (!whole) {
            context.close();
        } else if (keepAlive) {
            await(context);
        } else {
            end(context);
        }
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
        server.held().hold(context.channel(), 0);
        if (deadline != null) {
            deadline.cancel(false);
        }
        if (writer != null) {
            writer.stop();
        }
        if (asked != null) {
            asked.abandoned().complete(null);
        }
        context.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            server.counts().refused(Refusal.TLS);
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("client went away: {}", cause.toString());
        context.close();
    }
}
