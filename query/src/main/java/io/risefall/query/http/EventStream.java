package io.risefall.query.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a feed to one client, as long as it may look. For a client that reads slowly only the last event is kept, until it has
 * read; one that reads nothing is given up. By the server's one thread, but for the feed's.
 */
final class EventStream extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    /** So that one that went away without a word is noticed, and proxies on the way see that something comes. */
    private static final Duration BEAT = Duration.ofSeconds(15);

    private static final String EMPTY = ":\n\n";

    private final Answer.EventFeed feed;
    private final BooleanSupplier allowed;
    private final WebServer server;
    private @Nullable AutoCloseable listening;
    private @Nullable Future<?> beat;
    private @Nullable String last;
    private long takenAt = System.nanoTime();

    /** @param allowed whether the client may still look */
    EventStream(Answer.EventFeed feed, BooleanSupplier allowed, WebServer server) {
        this.feed = feed;
        this.allowed = allowed;
        this.server = server;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        long period = Math.min(BEAT.toMillis(), server.limits().send().toMillis() / 2);
        beat = context.executor().scheduleAtFixedRate(() -> beat(context), period, period, TimeUnit.MILLISECONDS);
        listening = feed.listen(event -> context.executor().execute(() -> send(context, "data: " + event + "\n\n")));
    }

    private void beat(ChannelHandlerContext context) {
        if (System.nanoTime() - takenAt > server.limits().send().toNanos()) {
            server.counts().refused(Refusal.SLOW_READER);
            context.close();
        } else if (last == null) {
            send(context, EMPTY);
        }
    }

    private void send(ChannelHandlerContext context, String text) {
        if (!allowed.getAsBoolean()) {
            context.close();
        } else if (context.channel().isWritable()) {
            last = null;
            write(context, text);
        } else if (!text.equals(EMPTY)) {
            last = text; // it says as much as those before
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        if (last != null) {
            send(context, last);
        }
        super.channelWritabilityChanged(context);
    }

    private void write(ChannelHandlerContext context, String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        context.writeAndFlush(new DefaultHttpContent(bytes)).addListener(sent -> {
            if (sent.isSuccess()) {
                takenAt = System.nanoTime();
            } else {
                context.close();
            }
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (beat != null) {
            beat.cancel(false);
        }
        if (listening != null) {
            try {
                listening.close();
            } catch (Exception e) {
                LOG.debug("cannot end a feed: {}", e.toString());
            }
        }
        super.channelInactive(context);
    }
}
