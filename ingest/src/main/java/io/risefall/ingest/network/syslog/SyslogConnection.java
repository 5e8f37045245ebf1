package io.risefall.ingest.network.syslog;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.NetUtil;
import io.risefall.ingest.network.DropCounters;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.tcp.ConnectionErrors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * One TCP connection: its bytes become messages in the journal. While the journal has no room the connection is not
 * read and the message in hand is offered again ten times a second. Runs in the connection's event loop.
 */
final class SyslogConnection extends ChannelInboundHandlerAdapter {
    private static final int RETRY_MILLIS = 100;
    private static final byte TLS_HANDSHAKE = 22;
    private static final byte TLS_MAJOR = 3;

    private final JournalInput inlet;
    private final DropCounters losses;
    private final SyslogFraming framing;
    /** Arrived before reading stopped; small, because nothing more is read. */
    private final Deque<byte[]> waiting = new ArrayDeque<>();

    private String sender = "";
    private boolean begun;
    private boolean stopped;
    private boolean ended;

    SyslogConnection(JournalInput inlet, int longest) {
        this.inlet = inlet;
        this.losses = inlet.losses();
        this.framing = new SyslogFraming(longest, losses);
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
        if (isTlsOnPlain(context, bytes)) {
            bytes.release();
            losses.interrupted("connections closed: TLS where none is expected; send plain, or listen with TLS");
            context.close();
            return;
        }
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

    /** The PROXY protocol's; a health check of the proxy itself (LOCAL) and UNKNOWN name nobody. */
    private void nameSender(HAProxyMessage header) {
        try {
            String named = header.sourceAddress();
            InetAddress address = named == null ? null : NetUtil.createInetAddressFromIpAddressString(named);
            if (address != null) {
                // In one spelling, for IPv6 has many.
                sender = address.getHostAddress();
            }
        } finally {
            header.release();
        }
    }

    /** A TLS handshake record; no syslog message begins so. */
    private boolean isTlsOnPlain(ChannelHandlerContext context, ByteBuf bytes) {
        boolean first = !begun;
        begun = true;
        return first
                && context.pipeline().get(SslHandler.class) == null
                && bytes.readableBytes() >= 2
                && bytes.getByte(bytes.readerIndex()) == TLS_HANDSHAKE
                && bytes.getByte(bytes.readerIndex() + 1) == TLS_MAJOR;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        inlet.flush();
    }

    private void drain(ChannelHandlerContext context) {
        while (true) {
            while (framing.next() == SyslogFraming.Step.MESSAGE) {
                if (!append()) {
                    stop(context);
                    return;
                }
            }
            byte[] more = waiting.poll();
            if (more == null) {
                return;
            }
            framing.add(more);
        }
    }

    private boolean append() {
        return inlet.offer(sender, framing.message(), framing.length());
    }

    private void stop(ChannelHandlerContext context) {
        if (!stopped) {
            stopped = true;
            losses.interrupted("times reading waited because the journal was full");
            context.channel().config().setAutoRead(false);
        }
        context.executor().schedule(() -> goOn(context), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void goOn(ChannelHandlerContext context) {
        if (!append()) {
            context.executor().schedule(() -> goOn(context), RETRY_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        stopped = false;
        drain(context);
        inlet.flush();
        if (!stopped) {
            context.channel().config().setAutoRead(true);
            if (ended) {
                last();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended = true;
        if (!stopped) {
            last();
        }
        context.fireChannelInactive();
    }

    private void last() {
        if (framing.last() && !append()) {
            losses.count("messages lost: the journal was full when their connection ended");
        }
        inlet.flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent && !stopped) {
            losses.interrupted("connections closed after a long silence");
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ConnectionErrors.count(losses, cause);
        context.close();
    }
}
