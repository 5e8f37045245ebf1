package io.risefall.ingest.network.syslog;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.network.HostName;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.ListenSockets;
import io.risefall.ingest.network.Listener;
import io.risefall.ingest.network.NetworkLimits;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syslog over a unix datagram socket into a journal. Its thread does nothing else, because the kernel keeps few
 * datagrams. A datagram that finds the journal full is counted and lost: HAProxy does not wait.
 */
final class SyslogUnixServer implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SyslogUnixServer.class);

    /** Under load the socket is never empty, but messages must become readable. */
    private static final int FLUSH_EVERY = 256;

    private static final int WARM_UP = 200;

    private static final Path QUEUE_LENGTH = Path.of("/proc/sys/net/unix/max_dgram_qlen");
    /** The kernel's default is 10; systemd sets 512. */
    private static final int SHORT_QUEUE = 100;

    private final Path path;
    private final UnixSocketFile file;
    private final JournalInput input;
    private final NetworkLimits limits;
    private final DatagramMessages messages;
    private final String sender = HostName.get();
    private @Nullable EventLoopGroup loop;
    private @Nullable Channel channel;

    SyslogUnixServer(Path path, JournalInput input, NetworkLimits limits) {
        this.path = path;
        this.file = new UnixSocketFile(path);
        this.input = input;
        this.limits = limits;
        this.messages = new DatagramMessages(input, limits.message());
    }

    @Override
    public void start() {
        if (!Epoll.isAvailable()) {
            throw new IngestException(
                    "cannot listen on the unix socket " + path + ": this needs Linux on x86-64 or ARM64; "
                            + "listen on UDP at 127.0.0.1 instead",
                    Epoll.unavailabilityCause());
        }
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, ListenSockets.threads("syslog-unix"), EpollIoHandler.newFactory());
        loop = group;
        try {
            file.free(group);
            channel = bound(group);
            file.made();
            warmUp(group);
        } catch (IOException | RuntimeException e) {
            close();
            throw e instanceof IngestException known
                    ? known
                    : new IngestException("cannot listen on the unix socket " + path + ": " + e.getMessage(), e);
        }
        LOG.info("listening for syslog on the unix socket {}", path);
        warnWhenShort();
    }

    /**
     * Sends empty messages to the own socket: the first ones take a quarter of a second, because classes are loaded,
     * and HAProxy would find no room meanwhile.
     */
    private void warmUp(EventLoopGroup group) {
        Channel own = new Bootstrap()
                .group(group)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new DomainSocketAddress(path.toString()))
                .syncUninterruptibly()
                .channel();
        for (int i = 0; i < WARM_UP; i++) {
            own.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'\n'})).awaitUninterruptibly();
        }
        own.close().awaitUninterruptibly();
    }

    private static void warnWhenShort() {
        try {
            int length = Integer.parseInt(Files.readString(QUEUE_LENGTH).strip());
            if (length < SHORT_QUEUE) {
                LOG.warn(
                        "the kernel queues only {} datagrams per unix socket, and HAProxy drops what exceeds"
                                + " the queue; run 'sysctl -w net.unix.max_dgram_qlen=512' and restart",
                        length);
            }
        } catch (IOException | NumberFormatException e) {
            LOG.debug("cannot read {}: {}", QUEUE_LENGTH, e.toString());
        }
    }

    private Channel bound(EventLoopGroup group) {
        ChannelFuture binding = new Bootstrap()
                .group(group)
                .channel(EpollDomainDatagramChannel.class)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(limits.message() + 1).maxMessagesPerRead(FLUSH_EVERY))
                .handler(new Datagrams())
                .bind(new DomainSocketAddress(path.toString()))
                .awaitUninterruptibly();
        if (binding.cause() != null) {
            throw new IngestException(
                    "cannot listen on the unix socket " + path + ": "
                            + binding.cause().getMessage()
                            + "; check that the directory exists and that this user may write to it",
                    binding.cause());
        }
        return binding.channel();
    }

    @Override
    public SocketAddress boundAddress() {
        return UnixDomainSocketAddress.of(path);
    }

    @Override
    public void close() {
        try {
            // First, so that nobody finds a socket without a process.
            file.remove();
        } catch (IOException e) {
            LOG.warn("cannot remove the unix socket {}: {}; the next start removes it", path, e.toString());
        }
        ListenSockets.close(channel, loop);
    }

    private final class Datagrams extends SimpleChannelInboundHandler<DomainDatagramPacket> {
        /** One byte more than is kept shows that a message is longer. */
        private final byte[] message = new byte[limits.message() + 1];

        @Override
        protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket datagram) {
            ByteBuf content = datagram.content();
            int length = content.readableBytes();
            content.readBytes(message, 0, length);
            messages.take(sender, message, length);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            input.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            messages.socketFailed(cause);
        }
    }
}
