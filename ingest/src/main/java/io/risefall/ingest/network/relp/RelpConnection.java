package io.risefall.ingest.network.relp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.risefall.ingest.network.DropCounters;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.tcp.ConnectionErrors;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * One RELP connection. Answers are held back until all messages before them are in the journal, and go out in the order
 * of the commands. While the journal has no room, or the sender does not take its answers, the connection is not read. A
 * message whose connection ends before its answer is not lost: the sender sends it again. Runs in the connection's event
 * loop.
 */
final class RelpConnection extends ChannelInboundHandlerAdapter {
    private static final int RETRY_MILLIS = 100;
    private static final String OK = "200 OK";
    private static final String OFFERS = OK + "\nrelp_version=0\nrelp_software=risefall\ncommands=syslog";

    private final JournalInput inlet;
    private final DropCounters losses;
    private final RelpFraming framing;
    /** Arrived before reading stopped; small, because nothing more is read. */
    private final Deque<byte[]> waiting = new ArrayDeque<>();

    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();

    private String sender = "";
    private boolean open;
    private boolean ended;
    /** The frame in hand found no room in the journal. */
    private boolean held;

    private boolean stopped;

    RelpConnection(JournalInput inlet, int longest) {
        this.inlet = inlet;
        this.losses = inlet.losses();
        this.framing = new RelpFraming(longest, losses);
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
        ByteBuf bytes = (ByteBuf) received;
        try {
            byte[] copy = new byte[bytes.readableBytes()];
            bytes.readBytes(copy);
            waiting.add(copy);
        } finally {
            bytes.release();
        }
        if (!stopped) {
            drain(context);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!stopped) {
            answer(context);
        }
    }

    private void drain(ChannelHandlerContext context) {
        while (!ended) {
            switch (framing.next()) {
                case FRAME -> {
                    if (!take()) {
                        held = true;
                        answer(context);
                        stop(context);
                        losses.interrupted("times reading waited because the journal was full");
                        return;
                    }
                }
                case BROKEN -> {
                    losses.count("connections closed: " + DropCounters.NOT_TAKEN + "RELP; send with rsyslog's omrelp");
                    ended = true;
                }
                case MORE -> {
                    byte[] more = waiting.poll();
                    if (more == null) {
                        return;
                    }
                    framing.add(more);
                }
            }
        }
    }

    /** False if there is no room for it now. */
    private boolean take() {
        int transaction = framing.transaction();
        switch (framing.command()) {
            case "open" -> {
                open = true;
                answers.writeBytes(RelpFraming.frame(transaction, "rsp", OFFERS));
            }
            case "syslog" -> {
                if (!open) {
                    refuse(transaction, "connections closed: a message before the command open");
                    ended = true;
                    return true;
                }
                if (framing.length() > 0 && !append()) {
                    return false;
                }
                answers.writeBytes(RelpFraming.frame(transaction, "rsp", OK));
            }
            case "close" -> {
                answers.writeBytes(RelpFraming.frame(transaction, "rsp", ""));
                ended = true;
            }
            default -> refuse(transaction, "commands refused that are none of open, syslog and close");
        }
        return true;
    }

    private void refuse(int transaction, String reason) {
        losses.interrupted(reason);
        answers.writeBytes(RelpFraming.frame(transaction, "rsp", "500 " + reason));
    }

    private boolean append() {
        return inlet.offer(sender, framing.data(), framing.length());
    }

    /** Answers what is in the journal; what is not yet is tried again. */
    private void answer(ChannelHandlerContext context) {
        if (!inlet.flush()) {
            stop(context);
            return;
        }
        if (answers.size() > 0) {
            context.writeAndFlush(Unpooled.wrappedBuffer(answers.toByteArray()));
            answers.reset();
        }
        if (ended) {
            end(context);
        }
    }

    private void end(ChannelHandlerContext context) {
        stopped = true;
        context.channel().config().setAutoRead(false);
        context.writeAndFlush(Unpooled.wrappedBuffer(RelpFraming.frame(0, "serverclose", "")))
                .addListener(sent -> context.close());
    }

    private void stop(ChannelHandlerContext context) {
        if (!stopped) {
            stopped = true;
            context.channel().config().setAutoRead(false);
            context.executor().schedule(() -> goOn(context), RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void goOn(ChannelHandlerContext context) {
        stopped = false;
        if (!context.channel().isActive()) {
            return;
        }
        if (held && !take()) {
            stop(context);
            return;
        }
        held = false;
        drain(context);
        if (!stopped) {
            answer(context);
        }
        readIfTaken(context);
    }

    /** Who takes no answers shall send nothing, for answers need memory. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        readIfTaken(context);
        context.fireChannelWritabilityChanged();
    }

    private void readIfTaken(ChannelHandlerContext context) {
        if (!stopped) {
            context.channel().config().setAutoRead(context.channel().isWritable());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent && !stopped) {
            losses.interrupted("connections closed after a long silence");
            end(context);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ConnectionErrors.count(losses, cause);
        context.close();
    }
}
