package io.risefall.ingest.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syslog over UDP into a journal: one datagram is one message. One thread of its own, on a plain channel: it loses less
 * than an event loop does, and costs half. What the kernel drops because its receive buffer is full cannot be counted
 * here ({@code /proc/net/udp} has it); what finds the journal full is counted and lost.
 */
final class SyslogUdpServer implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SyslogUdpServer.class);

    private static final int LARGEST_DATAGRAM = 65_535;
    /** Under load the socket is never empty; what was appended must be readable nevertheless. */
    private static final int FLUSH_EVERY = 256;

    private static final long JOIN_MILLIS = 2000;

    private final InetSocketAddress address;
    private final Inlet inlet;
    private final NetworkLimits limits;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    private final byte[] message = new byte[LARGEST_DATAGRAM];
    private @Nullable DatagramChannel channel;
    private @Nullable Selector selector;
    private @Nullable InetSocketAddress bound;
    private @Nullable Thread thread;
    private @Nullable InetAddress lastPeer;
    private String lastSender = "";

    SyslogUdpServer(InetSocketAddress address, Inlet inlet, NetworkLimits limits) {
        this.address = address;
        this.inlet = inlet;
        this.limits = limits;
    }

    @Override
    public void start() {
        try {
            DatagramChannel opened = DatagramChannel.open();
            channel = opened;
            opened.setOption(StandardSocketOptions.SO_RCVBUF, limits.udpReceiveBuffer());
            opened.bind(address);
            opened.configureBlocking(false);
            Selector waits = Selector.open();
            selector = waits;
            opened.register(waits, SelectionKey.OP_READ);
            bound = (InetSocketAddress) opened.getLocalAddress();
            thread = Listening.threads("syslog-udp").newThread(() -> run(opened, waits));
            thread.start();
        } catch (IOException | RuntimeException e) {
            close();
            throw Listening.cannotListen("UDP", address, e);
        }
        LOG.info("listening for syslog on UDP {}", bound);
    }

    private void run(DatagramChannel from, Selector waits) {
        while (from.isOpen()) {
            try {
                waits.select();
                waits.selectedKeys().clear();
                int received = 0;
                while (receive(from)) {
                    if (++received % FLUSH_EVERY == 0) {
                        inlet.flush();
                    }
                }
                inlet.flush();
            } catch (ClosedSelectorException | ClosedChannelException e) {
                return;
            } catch (IOException e) {
                inlet.losses().count("errors of the socket: " + e);
            }
        }
    }

    private boolean receive(DatagramChannel from) throws IOException {
        datagram.clear();
        InetSocketAddress peer = (InetSocketAddress) from.receive(datagram);
        if (peer == null) {
            return false;
        }
        datagram.flip();
        int length = datagram.remaining();
        datagram.get(message, 0, length);
        while (length > 0 && SyslogFraming.isLineEnd(message[length - 1])) {
            length--;
        }
        if (length > limits.message()) {
            length = limits.message();
            inlet.losses().count("messages longer than " + length + " bytes; the rest was dropped");
        }
        if (length > 0) {
            append(peer.getAddress(), length);
        }
        return true;
    }

    private void append(InetAddress peer, int length) {
        if (!peer.equals(lastPeer)) {
            lastPeer = peer;
            lastSender = peer.getHostAddress();
        }
        try {
            if (!inlet.append(lastSender, message, length)) {
                inlet.losses().count("messages lost: the journal was full");
            }
        } catch (IOException e) {
            inlet.losses().count("messages lost: the journal could not be written: " + e.getMessage());
        }
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
        try {
            if (channel != null) {
                channel.close();
            }
            if (selector != null) {
                selector.close();
            }
            if (thread != null) {
                thread.join(JOIN_MILLIS);
            }
        } catch (IOException e) {
            LOG.warn("cannot close UDP {}: {}", bound, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
