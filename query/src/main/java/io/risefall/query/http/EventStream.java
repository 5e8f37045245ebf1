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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a feed to one client. Of a client that reads slowly nothing is kept: events are left out until it has read, and a later
 * one tells as much. By the server's one thread, but for the feed's.
 */
final class EventStream extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    /** So that one that went away without a word is noticed, and proxies on the way see that something comes. */
    private static final Duration BEAT = Duration.ofSeconds(15);

    private final Answer.EventFeed feed;
    private final Duration patience;
    private @Nullable AutoCloseable listening;
    private @Nullable Future<?> beat;
    private long takenAt = System.nanoTime();

    /** @param patience how long a client may take nothing before it is given up */
    EventStream(Answer.EventFeed feed, Duration patience) {
        this.feed = feed;
        this.patience = patience;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        beat = context.executor()
                .scheduleAtFixedRate(() -> beat(context), BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
        // After the head, which the caller writes next.
        context.executor().execute(() -> listen(context));
    }

    private void listen(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            listening =
                    feed.listen(event -> context.executor().execute(() -> send(context, "data: " + event + "\n\n")));
        }
    }

    private void beat(ChannelHandlerContext context) {
        if (System.nanoTime() - takenAt > patience.toNanos()) {
            context.close();
        } else {
            send(context, ":\n\n");
        }
    }

    private void send(ChannelHandlerContext context, String text) {
        if (!context.channel().isWritable()) {
            return;
        }
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
