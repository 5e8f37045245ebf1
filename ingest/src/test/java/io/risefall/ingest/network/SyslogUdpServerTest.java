package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.risefall.ingest.network.syslog.KernelDrops;
import io.risefall.ingest.network.syslog.SyslogUdp;
import io.risefall.schemas.source.SenderTally;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyslogUdpServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REFUSED = "datagrams refused: the sender is not allowed";

    private static final String DROPPED = "datagrams dropped by the kernel: its receive buffer was full";

    @TempDir
    Path folder;

    @Test
    void eachSenderIsCountedAndWhoIsNotAllowedIsRefused() throws Exception {
        AllowedSenders allowed = AllowedSenders.of(List.of("127.0.0.0/30"));
        try (OpenListener open =
                new OpenListener(folder, new SyslogUdp(OpenListener.FREE, allowed, OpenListener.UTC))) {
            send(open, "127.0.0.1", "one");
            send(open, "127.0.0.2", "two\n");
            send(open, "127.0.0.9", "three");
            send(open, "127.0.0.1", "four");
            open.awaitLoss(REFUSED, 1);
            assertThat(open.await(3)).containsExactlyInAnyOrder("127.0.0.1 one", "127.0.0.2 two", "127.0.0.1 four");
            assertThat(open.arrivals().senders())
                    .extracting(SenderTally::sender, SenderTally::messages, SenderTally::bytes)
                    .containsExactlyInAnyOrder(tuple("127.0.0.1", 2L, 7L), tuple("127.0.0.2", 1L, 3L));
            assertThat(open.arrivals().waiting()).isZero();
        }
    }

    @Test
    void ofALongMessageTheBeginningIsKept() throws Exception {
        NetworkLimits limits = NetworkLimits.DEFAULT.withMessage(10);
        try (OpenListener open = new OpenListener(
                folder, new SyslogUdp(OpenListener.FREE, AllowedSenders.EVERYBODY, OpenListener.UTC), limits)) {
            send(open, "127.0.0.1", "0123456789abcdef");
            assertThat(open.await(1)).containsExactly("127.0.0.1 0123456789");
            open.awaitLoss("messages longer than 10 bytes; the rest was dropped", 1);
        }
    }

    @Test
    void whatTheKernelDropsIsCounted() throws Exception {
        Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/net/udp")), "only Linux tells");
        // A socket that nobody reads, of the size the kernel gives at least: the rest is dropped.
        try (DatagramSocket unread = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
                DatagramSocket sender = new DatagramSocket()) {
            unread.setReceiveBufferSize(1);
            byte[] message = new byte[1000];
            InetSocketAddress to = (InetSocketAddress) unread.getLocalSocketAddress();
            for (int i = 0; i < 1000; i++) {
                sender.send(new DatagramPacket(message, message.length, to));
            }
            KernelDrops drops = new KernelDrops(to);
            await().atMost(PATIENCE).until(() -> drops.read() > 900);
        }
    }

    @Test
    void whatIsNotReceivedWasDroppedByTheKernelAndIsCounted() throws Exception {
        Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/net/udp")), "only Linux tells");
        int sent = 20_000;
        // The least that the kernel gives: a few datagrams.
        NetworkLimits small = NetworkLimits.DEFAULT.withUdpReceiveBuffer(1);
        try (OpenListener open = new OpenListener(
                        folder, new SyslogUdp(OpenListener.FREE, AllowedSenders.EVERYBODY, OpenListener.UTC), small);
                DatagramSocket socket = new DatagramSocket()) {
            byte[] message = "x".repeat(1000).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < sent; i++) {
                socket.send(new DatagramPacket(message, message.length, open.address()));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> open.received().size() + dropped(open) == sent);
            assertThat(dropped(open)).isPositive();
        }
    }

    @Test
    void closingTakesWhatWaitsInTheSocketAndCountsTheLastDrops() throws Exception {
        Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/net/udp")), "only Linux tells");
        int sent = 20_000;
        OpenListener open =
                new OpenListener(folder, new SyslogUdp(OpenListener.FREE, AllowedSenders.EVERYBODY, OpenListener.UTC));
        try (open;
                DatagramSocket socket = new DatagramSocket()) {
            byte[] message = "x".repeat(1000).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < sent; i++) {
                socket.send(new DatagramPacket(message, message.length, open.address()));
            }
            open.stopListening();
            assertThat(open.received().size() + dropped(open)).isEqualTo(sent);
        }
    }

    private static long dropped(OpenListener open) {
        return open.arrivals().dropped().getOrDefault(DROPPED, 0L);
    }

    private static void send(OpenListener open, String from, String text) throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(from))) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, open.address()));
        }
    }
}
