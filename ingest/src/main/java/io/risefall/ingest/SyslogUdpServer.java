package io.risefall.ingest;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syslog over UDP into a journal: one datagram is one message. One thread of its own. What the kernel drops because its
 * receive buffer is full cannot be counted here; what finds the journal full is counted and lost.
 */
final class SyslogUdpServer implements NetworkServer {
    private static final Logger LOG = LoggerFactory.getLogger(SyslogUdpServer.class);

    private static final int LARGEST_DATAGRAM = 65_535;

    private final InetSocketAddress address;
    private final Journal journal;
    private final Losses losses;
    private final IngestLimits limits;
    private final Clock clock;
    private @Nullable EventLoopGroup loop;
    private @Nullable Channel channel;

    SyslogUdpServer(InetSocketAddress address, Journal journal, Losses losses, IngestLimits limits, Clock clock) {
        this.address = address;
        this.journal = journal;
        this.losses = losses;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void start() {
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, NetworkServer.threads("syslog-udp"), NioIoHandler.newFactory());
        loop = group;
        channel = NetworkServer.bound(
                new Bootstrap()
                        .group(group)
                        .channel(NioDatagramChannel.class)
                        .option(ChannelOption.SO_RCVBUF, limits.udpReceiveBuffer())
                        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST_DATAGRAM))
                        .handler(new Receiver())
                        .bind(address),
                "UDP",
                address);
        LOG.info("listening for syslog on UDP {}", boundAddress());
    }

    @Override
    public InetSocketAddress boundAddress() {
        return NetworkServer.addressOf(channel);
    }

    @Override
    public void close() {
        NetworkServer.close(channel, loop);
    }

    private final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {
        private final byte[] message = new byte[LARGEST_DATAGRAM];

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            ByteBuf content = packet.content();
            int length = content.readableBytes();
            content.readBytes(message, 0, length);
            while (length > 0 && SyslogFraming.isLineEnd(message[length - 1])) {
                length--;
            }
            if (length > limits.networkLine()) {
                length = limits.networkLine();
                losses.count("messages longer than " + length + " bytes; the rest was dropped");
            }
            if (length == 0) {
                return;
            }
            try {
                String sender = packet.sender().getAddress().getHostAddress();
                if (!journal.append(clock.millis(), sender, message, length)) {
                    losses.count("messages lost: the journal was full");
                }
            } catch (IOException e) {
                losses.count("messages lost: the journal could not be written: " + e.getMessage());
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            try {
                journal.flush();
            } catch (IOException e) {
                losses.count(
                        "times the journal could not be written, tried again with the next message: " + e.getMessage());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            losses.count("errors of the socket: " + cause);
        }
    }
}
