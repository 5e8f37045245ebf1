package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.X509Bundle;
import io.risefall.ingest.network.syslog.SyslogTcp;
import io.risefall.ingest.network.tls.Tls;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Syslog over TLS, over real sockets. */
class SyslogTlsServerTest {
    private static final String CLOSED = "connections closed: ";
    private static final String LINE = "<129>1 2026-11-23T00:00:00Z lb1 haproxy 1 - - Server app/srv1 is DOWN.\n";

    @TempDir
    Path folder;

    private CertificateAuthority authority;

    @BeforeEach
    void sign() throws Exception {
        authority = new CertificateAuthority("fleet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void messagesComeInEitherFraming(String version) throws Exception {
        try (OpenListener open = listen(null, NetworkLimits.DEFAULT);
                var socket = Peer.tls(Peer.connect(open, "127.0.0.1"), authority, null, version)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            Peer.write(socket, "3 one3 twofour\n");
            assertThat(open.await(3)).containsExactly("127.0.0.1 one", "127.0.0.1 two", "127.0.0.1 four");
        }
    }

    @Test
    void whoSendsPlainToTlsOrTlsToPlainIsToldApart() throws Exception {
        try (OpenListener open = listen(null, NetworkLimits.DEFAULT)) {
            try (Socket plain = Peer.connect(open, "127.0.0.1")) {
                Peer.write(plain, LINE);
                assertThat(Peer.isClosed(plain)).isTrue();
            }
            open.awaitLoss(CLOSED + "the input is not TLS; send with TLS, or listen without", 1);
            assertThat(open.received()).isEmpty();
        }
        try (OpenListener open =
                new OpenListener(folder.resolve("plain"), new SyslogTcp(OpenListener.FREE, OpenListener.UTC))) {
            assertThatThrownBy(() -> Peer.tls(Peer.connect(open, "127.0.0.1"), authority, null))
                    .isInstanceOf(IOException.class);
            open.awaitInterruption(CLOSED + "TLS on a plain listener; send plain, or listen with TLS", 1);
            assertThat(open.received()).isEmpty();
        }
    }

    @Test
    void aClientCertificateOfTheAuthorityIsWantedWhenAskedFor() throws Exception {
        try (OpenListener open = listen(authority.file(folder), NetworkLimits.DEFAULT)) {
            try (Socket socket = Peer.tls(Peer.connect(open, "127.0.0.1"), authority, authority.issued())) {
                Peer.write(socket, "known\n");
                open.await(1);
            }
            for (X509Bundle wrong : new X509Bundle[] {null, new CertificateAuthority("somebody else").issued()}) {
                assertThatThrownBy(() -> {
                            try (Socket socket = Peer.tls(Peer.connect(open, "127.0.0.1"), authority, wrong)) {
                                Peer.write(socket, "unknown\n");
                                socket.getInputStream().read();
                            }
                        })
                        .isInstanceOf(IOException.class);
            }
            open.awaitInterruption(CLOSED + "the sender has no certificate, or one that is not accepted", 2);
            assertThat(open.received()).containsExactly("127.0.0.1 known");
        }
    }

    @Test
    void aSenderThatDoesNotAcceptTheCertificateIsCounted() throws Exception {
        try (OpenListener open = listen(null, NetworkLimits.DEFAULT)) {
            CertificateAuthority other = new CertificateAuthority("somebody else");
            assertThatThrownBy(() -> Peer.tls(Peer.connect(open, "127.0.0.1"), other, null))
                    .isInstanceOf(IOException.class);
            open.awaitInterruption(CLOSED + "the sender does not accept this certificate", 1);
        }
    }

    @Test
    void whoBeginsTlsAndSaysNoMoreIsClosed() throws Exception {
        NetworkLimits hasty = NetworkLimits.DEFAULT.withHandshake(Duration.ofMillis(200));
        try (OpenListener open = listen(null, hasty);
                Socket silent = Peer.connect(open, "127.0.0.1")) {
            silent.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1});
            assertThat(Peer.isClosed(silent)).isTrue();
            open.awaitInterruption(CLOSED + "the TLS handshake timed out", 1);
        }
    }

    @Test
    void theHeaderOfTheProxyProtocolComesBeforeTls() throws Exception {
        Tls tls = CertificateAuthority.shown(folder, authority.issued());
        SyslogTcp source = new SyslogTcp(OpenListener.FREE, AllowedSenders.EVERYBODY, tls, true, OpenListener.UTC);
        try (OpenListener open = new OpenListener(folder.resolve("journal"), source)) {
            Socket plain = Peer.connect(open, "127.0.0.1");
            Peer.write(plain, "PROXY TCP4 192.0.2.7 192.0.2.1 40000 6514\r\n");
            try (Socket socket = Peer.tls(plain, authority, null)) {
                Peer.write(socket, "one\n");
                assertThat(open.await(1)).containsExactly("192.0.2.7 one");
            }
        }
    }

    private OpenListener listen(@Nullable Path clientAuthority, NetworkLimits limits) throws Exception {
        Tls shown = CertificateAuthority.shown(folder, authority.issued());
        Tls tls = new Tls(shown.certificate(), shown.key(), clientAuthority);
        return new OpenListener(
                folder.resolve("journal"),
                new SyslogTcp(OpenListener.FREE, AllowedSenders.EVERYBODY, tls, false, OpenListener.UTC),
                limits);
    }
}
