package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.network.syslog.SyslogTcp;
import io.risefall.schemas.suite.Slow;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may connect, how long, and what the PROXY protocol says of him, over real sockets. */
@Slow
class SyslogTcpServerTest {
    private static final String NO_HEADER = "connections closed: no PROXY protocol header";

    @TempDir
    Path folder;

    @Test
    void whoIsNotAllowedIsRefused() throws Exception {
        SyslogTcp source = new SyslogTcp(
                OpenListener.FREE, AllowedSenders.of(List.of("127.0.0.2")), null, false, OpenListener.UTC);
        try (OpenListener open = new OpenListener(folder, source)) {
            try (Socket refused = Peer.connect(open, "127.0.0.1")) {
                assertThat(refused.getInputStream().read()).isEqualTo(-1);
            }
            try (Socket allowed = Peer.connect(open, "127.0.0.2")) {
                Peer.write(allowed, "one\n");
            }
            assertThat(open.await(1)).containsExactly("127.0.0.2 one");
            open.awaitInterruption("connections refused: the sender is not allowed", 1);
        }
    }

    @Test
    void whoSaysNothingIsClosedAndMayComeAgain() throws Exception {
        NetworkLimits hasty = NetworkLimits.DEFAULT.withConnections(1).withIdle(Duration.ofMillis(200));
        SyslogTcp source = new SyslogTcp(OpenListener.FREE, OpenListener.UTC);
        try (OpenListener open = new OpenListener(folder, source, hasty)) {
            for (int i = 1; i <= 2; i++) {
                try (Socket silent = Peer.connect(open, "127.0.0.1")) {
                    Peer.write(silent, "before\nhalf a li");
                    assertThat(Peer.isClosed(silent)).isTrue();
                }
                open.awaitInterruption("connections closed after a long silence", i);
                open.awaitLoss("connections closed in the middle of a message; the partial message was dropped", i);
            }
            assertThat(open.await(2)).containsExactly("127.0.0.1 before", "127.0.0.1 before");
        }
    }

    @Test
    void whoHasSaidAllAndStillListensLosesNothing() throws Exception {
        SyslogTcp source = new SyslogTcp(OpenListener.FREE, OpenListener.UTC);
        try (OpenListener open = new OpenListener(folder, source);
                Socket halfClosed = Peer.connect(open, "127.0.0.1")) {
            Peer.write(halfClosed, "one\n".repeat(10_000) + "Server app/srv1 is DOWN.");
            halfClosed.shutdownOutput();
            assertThat(Peer.isClosed(halfClosed)).isTrue();
            assertThat(open.await(10_001)).hasSize(10_001).endsWith("127.0.0.1 Server app/srv1 is DOWN.");
            assertThat(open.arrivals().dropped()).isEmpty();
        }
    }

    @Test
    void theProxyProtocolNamesTheSender() throws Exception {
        try (OpenListener open = behindProxy()) {
            try (Socket first = Peer.connect(open, "127.0.0.1")) {
                Peer.write(first, "PROXY TCP4 192.0.2.7 192.0.2.1 40000 514\r\none\n");
            }
            open.await(1);
            try (Socket unknown = Peer.connect(open, "127.0.0.1")) {
                Peer.write(unknown, "PROXY UNKNOWN\r\ntwo\n");
            }
            open.await(2);
            try (Socket second = Peer.connect(open, "127.0.0.1")) {
                second.getOutputStream().write(version2(0x21, "2001:db8::7"));
                Peer.write(second, "three\n");
            }
            open.await(3);
            try (Socket spelled = Peer.connect(open, "127.0.0.1")) {
                Peer.write(spelled, "PROXY TCP6 2001:DB8:0::7 2001:db8::1 40000 514\r\nfour\n");
            }
            open.await(4);
            try (Socket local = Peer.connect(open, "127.0.0.1")) {
                local.getOutputStream().write(version2(0x20, "2001:db8::7"));
                Peer.write(local, "five\n");
            }
            assertThat(open.await(5))
                    .containsExactly(
                            "192.0.2.7 one",
                            "127.0.0.1 two",
                            "2001:db8:0:0:0:0:0:7 three",
                            "2001:db8:0:0:0:0:0:7 four",
                            "127.0.0.1 five");
            assertThat(open.arrivals().dropped()).isEmpty();
        }
    }

    @Test
    void aHeaderMayComeInPieces() throws Exception {
        try (OpenListener open = behindProxy();
                Socket socket = Peer.connect(open, "127.0.0.1")) {
            socket.setTcpNoDelay(true);
            for (char c : "PROXY TCP4 192.0.2.7 192.0.2.1 40000 514\r\none\n".toCharArray()) {
                Peer.write(socket, String.valueOf(c));
            }
            assertThat(open.await(1)).containsExactly("192.0.2.7 one");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<129>1 2026-11-23T00:00:00Z lb1 haproxy 1 - - Server app/srv1 is DOWN.\n",
                "hi\n",
                "P\n",
                "PROXY \r\nServer app/srv1 is DOWN.\n",
                "PROXY TCP4 one two 3 4\r\nServer app/srv1 is DOWN.\n",
                "\r\n\r\nServer app/srv1 is DOWN.\n",
                "\r\n\r\n\0\r\nQUIT\n11\0\0"
            })
    void whoSendsNoHeaderIsRefusedAndCountedOnce(String bytes) throws Exception {
        try (OpenListener open = behindProxy()) {
            try (Socket without = Peer.connect(open, "127.0.0.1")) {
                Peer.write(without, bytes);
                assertThat(Peer.isClosed(without)).isTrue();
            }
            open.awaitLoss(NO_HEADER, 1);
            try (Socket broken = Peer.connect(open, "127.0.0.1")) {
                Peer.write(broken, "PROXY TCP4 192.0.2.7");
                broken.shutdownOutput();
                assertThat(Peer.isClosed(broken)).isTrue();
            }
            open.awaitLoss(NO_HEADER, 2);
            assertThat(open.arrivals().dropped()).hasSize(1);
            assertThat(open.received()).isEmpty();
        }
    }

    private OpenListener behindProxy() throws Exception {
        return new OpenListener(
                folder.resolve("journal"),
                new SyslogTcp(OpenListener.FREE, AllowedSenders.EVERYBODY, null, true, OpenListener.UTC));
    }

    /** The binary header of version 2 with a TCP6 source; {@code command} is 0x21 for PROXY, 0x20 for LOCAL. */
    private static byte[] version2(int command, String source) throws Exception {
        byte[] address = InetAddress.getByName(source).getAddress();
        byte[] header = new byte[16 + 36];
        byte[] begin = {
            0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, (byte) command, 0x21, 0, 36
        };
        System.arraycopy(begin, 0, header, 0, begin.length);
        System.arraycopy(address, 0, header, 16, address.length);
        return header;
    }
}
