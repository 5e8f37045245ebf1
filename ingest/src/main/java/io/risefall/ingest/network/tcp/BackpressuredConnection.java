package io.risefall.ingest.network.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.NetUtil;
import io.risefall.ingest.network.DropCounters;
import io.risefall.ingest.network.JournalInput;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * One TCP connection into the journal, at the journal's pace. While the journal has no room the connection is not read, so TCP
 * makes the sender wait, and the message in hand is offered again ten times a second. A sender that does not read its
 * answers is not read either. Runs in the connection's event loop.
 */
final class BackpressuredConnection extends ChannelInboundHandlerAdapter {
    private static final int RETRY_MILLIS = 100;

    private enum State {
        READING,
        /** A retry is scheduled; nothing is read before. */
        PAUSED,
        /** This side closes the connection. */
        CLOSING
    }

    private final TcpProtocol protocol;
    private final JournalInput input;
    private final DropCounters drops;
    /** Arrived before reading stopped; small, because nothing more is read. */
    private final Deque<byte[]> waiting = new ArrayDeque<>();

    private String sender = "";
    private State state = State.READING;
    /** The message in hand found no room in the journal. */
    private boolean held;
    /** The protocol has reached its end. */
    private boolean over;
    /** The connection is closed, by whichever side. */
    private boolean closed;

    BackpressuredConnection(TcpProtocol protocol, JournalInput input) {
        this.protocol = protocol;
        this.input = input;
        this.drops = input.drops();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        sender = ((InetSocketAddress) context.channel().remoteAddress())
                .getAddress()
                .getHostAddress();
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) {
        if (received instanceof HAProxyMessage header) {
            nameSender(header);
            return;
        }
        ByteBuf bytes = (ByteBuf) received;
        try {
            byte[] copy = new byte[bytes.readableBytes()];
            bytes.readBytes(copy);
            waiting.add(copy);
        } finally {
            bytes.release();
        }
        if (state == State.READING) {
            takeAll(context);
        }
    }

    /** By the PROXY protocol. A health check of the proxy itself (LOCAL) and UNKNOWN carry no address. */
    private void nameSender(HAProxyMessage header) {
        try {
            String source = header.sourceAddress();
            InetAddress address = source == null ? null : NetUtil.createInetAddressFromIpAddressString(source);
            if (address != null) {
                // IPv6 has many spellings; this is the one used everywhere else.
                sender = address.getHostAddress();
            }
        } finally {
            header.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (state == State.READING) {
            settle(context);
        }
    }

    /** Takes messages until the bytes are used up, the protocol ends or the journal has no room. */
    private void takeAll(ChannelHandlerContext context) {
        while (true) {
            switch (protocol.next()) {
                case MESSAGE -> {
                    if (!protocol.take(sender)) {
                        held = true;
                        settle(context);
                        pause(context);
                        drops.interrupted("times reading waited because the journal was full");
                        return;
                    }
                }
                case NEEDS_BYTES -> {
                    byte[] more = waiting.poll();
                    if (more == null) {
                        return;
                    }
                    protocol.add(more);
                }
                case END -> {
                    over = true;
                    return;
                }
            }
        }
    }

    /** Makes everything taken so far readable and answers it. If that fails, a sender that gets answers waits for them. */
    private void settle(ChannelHandlerContext context) {
        if (!input.flush() && protocol.sendsAgain()) {
            pause(context);
            return;
        }
        byte[] answers = protocol.answers();
        if (answers.length > 0) {
            context.writeAndFlush(Unpooled.wrappedBuffer(answers));
        }
        if (over) {
            close(context);
        }
    }

    private void pause(ChannelHandlerContext context) {
        if (state == State.READING) {
            state = State.PAUSED;
            context.channel().config().setAutoRead(false);
            context.executor().schedule(() -> resume(context), RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void resume(ChannelHandlerContext context) {
        state = State.READING;
        if (closed && protocol.sendsAgain()) {
            return;
        }
        if (held && !protocol.take(sender)) {
            pause(context);
            return;
        }
        held = false;
        takeAll(context);
        if (state == State.READING) {
            settle(context);
        }
        readIfWritable(context);
        if (closed) {
            takeLast();
        }
    }

    /** Answers to a sender that does not read them would pile up in memory. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        readIfWritable(context);
        context.fireChannelWritabilityChanged();
    }

    private void readIfWritable(ChannelHandlerContext context) {
        if (state == State.READING) {
            context.channel().config().setAutoRead(context.channel().isWritable());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent && state == State.READING) {
            drops.interrupted("connections closed after a long silence");
            close(context);
        }
    }

    private void close(ChannelHandlerContext context) {
        state = State.CLOSING;
        context.channel().config().setAutoRead(false);
        byte[] farewell = protocol.farewell();
        if (farewell.length == 0) {
            context.close();
        } else {
            context.writeAndFlush(Unpooled.wrappedBuffer(farewell)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed = true;
        takeLast();
        context.fireChannelInactive();
    }

    /** What was received before the end is taken first, after a pause too. */
    private void takeLast() {
        if (state != State.PAUSED && !protocol.sendsAgain()) {
            protocol.takeLast(sender);
            input.flush();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ConnectionErrors.count(drops, cause);
        context.close();
    }
}
