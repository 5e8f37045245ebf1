package io.risefall.ingest.network.syslog;

import io.risefall.ingest.network.AllowedSenders;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.ListenSockets;
import io.risefall.ingest.network.Listener;
import io.risefall.ingest.network.NetworkLimits;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syslog over UDP into a journal: one datagram is one message. It has a thread of its own on a plain channel, which
 * loses less than an event loop and costs half. Datagrams that the kernel drops because its receive buffer is full are
 * counted from the kernel's own counter; those that find the journal full are counted and lost. Closing takes what
 * waits in the socket.
 */
final class SyslogUdpServer implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SyslogUdpServer.class);

    private static final int LARGEST_DATAGRAM = 65_535;
    /** Under load the socket is never empty, but messages must become readable and drops must be counted. */
    private static final int BATCH = 256;

    /** How often the kernel's drop counter is read. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** A sender that keeps sending must not keep the listener from closing. */
    private static final Duration LAST = Duration.ofSeconds(1);

    private static final long JOIN_MILLIS = 2 * LAST.toMillis();

    private final InetSocketAddress address;
    private final AllowedSenders allowed;
    private final JournalInput input;
    private final NetworkLimits limits;
    private final DatagramMessages messages;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    private final byte[] message = new byte[LARGEST_DATAGRAM];
    private @Nullable DatagramChannel channel;
    private @Nullable Selector selector;
    private @Nullable InetSocketAddress bound;
    private @Nullable Thread thread;
    private @Nullable InetAddress lastPeer;
    private String lastSender = "";
    private boolean lastAllowed;
    private long dropped;
    private volatile boolean closing;

    SyslogUdpServer(InetSocketAddress address, AllowedSenders allowed, JournalInput input, NetworkLimits limits) {
        this.address = address;
        this.allowed = allowed;
        this.input = input;
        this.limits = limits;
        this.messages = new DatagramMessages(input, limits.message());
    }

    @Override
    public void start() {
        try {
            // A socket of the address's own family, so that the kernel's drop counter is listed under that address.
            DatagramChannel opened = address.getAddress() instanceof Inet4Address
                    ? DatagramChannel.open(StandardProtocolFamily.INET)
                    : DatagramChannel.open();
            channel = opened;
            opened.setOption(StandardSocketOptions.SO_RCVBUF, limits.udpReceiveBuffer());
            opened.bind(address);
            opened.configureBlocking(false);
            Selector waits = Selector.open();
            selector = waits;
            opened.register(waits, SelectionKey.OP_READ);
            bound = (InetSocketAddress) opened.getLocalAddress();
            warnOfSmallBuffer(opened.getOption(StandardSocketOptions.SO_RCVBUF));
            thread = ListenSockets.threads("syslog-udp").newThread(() -> run(opened, waits));
            thread.start();
        } catch (IOException | RuntimeException e) {
            close();
            throw ListenSockets.cannotListen("UDP", address, e);
        }
        LOG.info("listening for syslog on UDP {}", bound);
    }

    private void warnOfSmallBuffer(int bytes) {
        if (bytes < limits.udpReceiveBuffer() / 2) {
            LOG.warn(
                    "UDP {}: the kernel gave a receive buffer of {} bytes instead of {}, so large bursts are"
                            + " lost; to fix: sysctl -w net.core.rmem_max={}",
                    bound,
                    bytes,
                    limits.udpReceiveBuffer(),
                    limits.udpReceiveBuffer());
        }
    }

    private void run(DatagramChannel from, Selector waits) {
        KernelDrops kernelDrops = new KernelDrops(boundAddress());
        long lookedAt = System.nanoTime();
        while (!closing) {
            try {
                waits.select(LOOK.toMillis());
                waits.selectedKeys().clear();
                receiveBatch(from);
                if (System.nanoTime() - lookedAt >= LOOK.toNanos()) {
                    lookedAt = System.nanoTime();
                    countDrops(kernelDrops.read());
                }
            } catch (ClosedSelectorException | ClosedChannelException e) {
                return;
            } catch (IOException e) {
                messages.socketFailed(e);
            }
        }
        receiveLast(from);
        countDrops(kernelDrops.read());
    }

    /** Returns how many were received. */
    private int receiveBatch(DatagramChannel from) throws IOException {
        int received = 0;
        while (received < BATCH && receive(from)) {
            received++;
        }
        input.flush();
        return received;
    }

    private void receiveLast(DatagramChannel from) {
        long since = System.nanoTime();
        try {
            while (receiveBatch(from) > 0 && System.nanoTime() - since < LAST.toNanos()) {}
        } catch (IOException e) {
            messages.socketFailed(e);
        }
    }

    private void countDrops(long now) {
        if (now > dropped) {
            input.drops().count("datagrams dropped by the kernel: its receive buffer was full", now - dropped);
        }
        dropped = now;
    }

    private boolean receive(DatagramChannel from) throws IOException {
        datagram.clear();
        InetSocketAddress peer = (InetSocketAddress) from.receive(datagram);
        if (peer == null) {
            return false;
        }
        if (!isAllowed(peer)) {
            input.drops().count("datagrams refused: the sender is not allowed");
            return true;
        }
        datagram.flip();
        int length = datagram.remaining();
        datagram.get(message, 0, length);
        messages.take(lastSender, message, length);
        return true;
    }

    private boolean isAllowed(InetSocketAddress peer) {
        if (!peer.getAddress().equals(lastPeer)) {
            lastPeer = peer.getAddress();
            lastSender = lastPeer.getHostAddress();
            lastAllowed = allowed.allows(peer);
        }
        return lastAllowed;
    }

    @Override
    public InetSocketAddress boundAddress() {
        if (bound == null) {
            throw new IllegalStateException("not started");
        }
        return bound;
    }

    @Override
    public void close() {
        closing = true;
        try {
            if (selector != null) {
                selector.wakeup();
            }
            if (thread != null) {
                thread.join(JOIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            if (channel != null) {
                channel.close();
            }
            if (selector != null) {
                selector.close();
            }
        } catch (IOException e) {
            LOG.warn("cannot close UDP {}: {}", bound, e.toString());
        }
    }
}
