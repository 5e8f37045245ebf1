package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import io.risefall.ingest.network.syslog.SyslogTcp;
import io.risefall.ingest.network.tls.Tls;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real HAProxy that logs over TCP, and one between sender and listener. */
@RealParts
@Timeout(60)
class HaproxyOverTcpTest {
    private static final String SWITCH = "Server app/srv1 is DOWN, reason: Layer4 connection problem";

    @TempDir
    Path folder;

    @BeforeEach
    void installed() {
        Haproxy.assumeInstalled();
    }

    @Test
    void aRingOverTlsShowsItsCertificate() throws Exception {
        CertificateAuthority authority = new CertificateAuthority("fleet");
        Tls shown = CertificateAuthority.shown(folder, authority.issued());
        Path ca = authority.file(folder);
        X509Bundle own = authority.issued();
        Path crt = Files.writeString(folder.resolve("lb1.pem"), own.getCertificatePathPEM() + own.getPrivateKeyPEM());
        try (OpenListener open = listen(new Tls(shown.certificate(), shown.key(), ca), false);
                Haproxy lb = ring(open, "ssl verify required ca-file " + ca + " crt " + crt)) {
            awaitSwitch(open, "127.0.0.1");
            assertThat(open.arrivals().dropped()).isEmpty();
        }
    }

    @Test
    void aRingOverTlsWithoutACertificateIsRefused() throws Exception {
        CertificateAuthority authority = new CertificateAuthority("fleet");
        Tls shown = CertificateAuthority.shown(folder, authority.issued());
        try (OpenListener open = listen(new Tls(shown.certificate(), shown.key(), authority.file(folder)), false);
                Haproxy lb = ring(open, "ssl verify none")) {
            Awaitility.await("refusal")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> open.arrivals()
                            .interruptions()
                            .containsKey(
                                    "connections closed: the sender has no certificate, or one that is not accepted"));
            assertThat(open.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-proxy", "send-proxy-v2"})
    void aRingThatSendsTheProxyHeaderSpeaksForItself(String how) throws Exception {
        try (OpenListener open = listen(null, true);
                Haproxy lb = ring(open, how)) {
            awaitSwitch(open, "127.0.0.1");
            assertThat(open.arrivals().dropped()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-proxy", "send-proxy-v2"})
    void aHaproxyInBetweenNamesTheSender(String how) throws Exception {
        int front = Haproxy.closedPort();
        try (OpenListener open = listen(null, true);
                Haproxy relay = new Haproxy(folder, """
                        defaults
                            mode tcp
                            timeout connect 1s
                            timeout client 10s
                            timeout server 10s
                        listen syslog
                            bind 127.0.0.1:%d
                            server risefall 127.0.0.1:%d %s
                        """.formatted(front, open.port(), how), "");
                Socket sender = connected(front, "127.0.0.5")) {
            Peer.write(sender, "one\ntwo\n");
            assertThat(open.await(2)).containsExactly("127.0.0.5 one", "127.0.0.5 two");
            assertThat(open.arrivals().dropped()).isEmpty();
        }
    }

    /** Whoever says little is silent for longer than a listener has patience. */
    @Test
    void aRingWhoseConnectionWasClosedLosesNothing() throws Exception {
        SyslogTcp source = new SyslogTcp(OpenListener.FREE, OpenListener.UTC);
        NetworkLimits hasty = NetworkLimits.DEFAULT.withIdle(Duration.ofMillis(300));
        try (OpenListener open = new OpenListener(folder.resolve("journal"), source, hasty);
                Haproxy lb = ring(open, "")) {
            awaitSwitch(open, "127.0.0.1");
            for (int i = 1; i <= 3; i++) {
                int closed = i;
                Awaitility.await("closed")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> open.arrivals()
                                        .interruptions()
                                        .getOrDefault("connections closed after a long silence", 0L)
                                >= closed);
                lb.command("disable server app/srv1");
                lb.command("enable server app/srv1");
                Awaitility.await("line " + i).atMost(Duration.ofSeconds(60)).until(() -> maintenance(open) == closed);
            }
        }
    }

    private static long maintenance(OpenListener open) throws IOException {
        return open.received().stream()
                .filter(line -> line.contains("now enters maintenance"))
                .count();
    }

    private static void awaitSwitch(OpenListener open, String sender) {
        List<String> lines = Awaitility.await("DOWN")
                .atMost(Duration.ofSeconds(60))
                .until(open::received, all -> all.stream().anyMatch(line -> line.contains(SWITCH)));
        assertThat(lines).allMatch(line -> line.startsWith(sender + " <"));
    }

    private OpenListener listen(@Nullable Tls tls, boolean proxyProtocol) throws IOException {
        return new OpenListener(
                folder.resolve("journal"),
                new SyslogTcp(OpenListener.FREE, AllowedSenders.EVERYBODY, tls, proxyProtocol, OpenListener.UTC));
    }

    private Haproxy ring(OpenListener open, String how) throws IOException {
        return new Haproxy(folder, """
                ring risefall
                    format rfc5424
                    maxlen 8192
                    size 1048576
                    timeout connect 5s
                    timeout server 10s
                    server risefall 127.0.0.1:%d log-proto octet-count %s
                """.formatted(open.port(), how), "log ring@risefall local0");
    }

    private static Socket connected(int port, String from) {
        return Awaitility.await("relay")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(
                        () -> {
                            Socket socket = new Socket();
                            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
                            socket.connect(new InetSocketAddress("127.0.0.1", port));
                            return socket;
                        },
                        Socket::isConnected);
    }
}
