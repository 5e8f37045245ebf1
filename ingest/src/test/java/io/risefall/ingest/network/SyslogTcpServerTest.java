package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.risefall.ingest.IngestException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may connect and how, over real sockets. */
class SyslogTcpServerTest {
    private static final String NO_TLS = "connections closed: what came is not TLS; send with TLS, or listen without";
    private static final String NOT_AGREED =
            "connections closed: TLS was not agreed on, or a certificate is not accepted";
    private static final String NO_HEADER = "connections closed: no header of the PROXY protocol";

    /** A test that would wait for ever fails instead. */
    private static final int PATIENCE_MILLIS = 20_000;

    @TempDir
    Path folder;

    private final X509Bundle authority = authority("CN=fleet");

    @Test
    void whoIsNotAllowedIsRefused() throws Exception {
        SyslogTcp source = new SyslogTcp(
                OpenListener.FREE, AllowedSenders.of(List.of("127.0.0.2")), null, false, OpenListener.UTC);
        try (OpenListener open = new OpenListener(folder.resolve("journal"), source)) {
            try (Socket refused = connect(open, "127.0.0.1")) {
                assertThat(refused.getInputStream().read()).isEqualTo(-1);
            }
            try (Socket allowed = connect(open, "127.0.0.2")) {
                write(allowed, "one\n");
            }
            assertThat(open.await(1)).containsExactly("127.0.0.2 one");
            open.awaitLoss("connections refused: the sender is not allowed", 1);
        }
    }

    @Test
    void messagesComeOverTls() throws Exception {
        try (OpenListener open = tls(null);
                Socket socket = tlsSocket(open, null)) {
            write(socket, "3 one3 twofour\n");
            assertThat(open.await(3)).containsExactly("127.0.0.1 one", "127.0.0.1 two", "127.0.0.1 four");
        }
    }

    @Test
    void whoSendsPlainToTlsOrTlsToPlainIsToldApart() throws Exception {
        try (OpenListener open = tls(null)) {
            try (Socket plain = connect(open, "127.0.0.1")) {
                write(plain, "<129>1 2026-11-23T00:00:00Z lb1 haproxy 1 - - Server app/srv1 is DOWN.\n");
                assertThat(closed(plain)).isTrue();
            }
            open.awaitLoss(NO_TLS, 1);
            assertThat(open.received()).isEmpty();
        }
        try (OpenListener open =
                new OpenListener(folder.resolve("plain"), new SyslogTcp(OpenListener.FREE, OpenListener.UTC))) {
            assertThatThrownBy(() -> tlsSocket(open, null)).isInstanceOf(IOException.class);
            open.awaitLoss("connections closed: TLS where none is expected; send plain, or listen with TLS", 1);
            assertThat(open.received()).isEmpty();
        }
    }

    @Test
    void aClientCertificateOfTheAuthorityIsWantedWhenAskedFor() throws Exception {
        Path ca = Files.writeString(folder.resolve("ca.pem"), authority.getCertificatePEM());
        try (OpenListener open = tls(ca)) {
            try (Socket socket = tlsSocket(open, issuedBy(authority))) {
                write(socket, "known\n");
                open.await(1);
            }
            for (X509Bundle wrong : new X509Bundle[] {null, issuedBy(authority("CN=somebody else"))}) {
                assertThatThrownBy(() -> {
                            try (Socket socket = tlsSocket(open, wrong)) {
                                write(socket, "unknown\n");
                                socket.getInputStream().read();
                            }
                        })
                        .isInstanceOf(IOException.class);
            }
            open.awaitLoss(NOT_AGREED, 2);
            assertThat(open.received()).containsExactly("127.0.0.1 known");
        }
    }

    @Test
    void certificatesThatCannotBeUsedAreNamed() throws Exception {
        X509Bundle bundle = issuedBy(authority);
        Path certificate = Files.writeString(folder.resolve("cert.pem"), bundle.getCertificatePEM());
        Path key = Files.writeString(folder.resolve("key.pem"), bundle.getPrivateKeyPEM());
        Path other = Files.writeString(
                folder.resolve("other.pem"), issuedBy(authority).getPrivateKeyPEM());
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
        Path absent = folder.resolve("absent.pem");
        assertRefused(new Tls(absent, key, null), "cannot read " + absent + ": there is no such file");
        assertRefused(new Tls(certificate, absent, null), "cannot read " + absent + ": there is no such file");
        assertRefused(new Tls(nonsense, key, null), "cannot read a certificate from " + nonsense);
        assertRefused(new Tls(certificate, nonsense, null), "cannot use the key " + nonsense);
        assertRefused(new Tls(certificate, other, null), "cannot use the key " + other);
        assertRefused(new Tls(certificate, key, nonsense), "cannot read a certificate from " + nonsense);
    }

    @Test
    void theProxyProtocolNamesTheSender() throws Exception {
        SyslogTcp source = new SyslogTcp(OpenListener.FREE, AllowedSenders.EVERYBODY, null, true, OpenListener.UTC);
        try (OpenListener open = new OpenListener(folder.resolve("journal"), source)) {
            try (Socket first = connect(open, "127.0.0.1")) {
                write(first, "PROXY TCP4 192.0.2.7 192.0.2.1 40000 514\r\none\n");
            }
            open.await(1);
            try (Socket unknown = connect(open, "127.0.0.1")) {
                write(unknown, "PROXY UNKNOWN\r\ntwo\n");
            }
            open.await(2);
            try (Socket second = connect(open, "127.0.0.1")) {
                second.getOutputStream().write(version2("2001:db8::7"));
                write(second, "three\n");
            }
            assertThat(open.await(3)).containsExactly("192.0.2.7 one", "127.0.0.1 two", "2001:db8:0:0:0:0:0:7 three");
            try (Socket without = connect(open, "127.0.0.1")) {
                write(without, "<129>1 2026-11-23T00:00:00Z lb1 haproxy 1 - - Server app/srv1 is DOWN.\n");
                assertThat(closed(without)).isTrue();
            }
            open.awaitLoss(NO_HEADER, 1);
            assertThat(open.received()).hasSize(3);
        }
    }

    /** The binary header of version 2 with a TCP6 source. */
    private static byte[] version2(String source) throws Exception {
        byte[] address = InetAddress.getByName(source).getAddress();
        byte[] header = new byte[16 + 36];
        byte[] begin = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, 0x21, 0x21, 0, 36};
        System.arraycopy(begin, 0, header, 0, begin.length);
        System.arraycopy(address, 0, header, 16, address.length);
        return header;
    }

    private OpenListener tls(@Nullable Path clientAuthority) throws Exception {
        X509Bundle bundle = issuedBy(authority);
        Path certificate = Files.writeString(folder.resolve("cert.pem"), bundle.getCertificatePathPEM());
        Path key = Files.writeString(folder.resolve("key.pem"), bundle.getPrivateKeyPEM());
        return new OpenListener(folder.resolve("journal"), source(new Tls(certificate, key, clientAuthority)));
    }

    private static SyslogTcp source(Tls tls) {
        return new SyslogTcp(OpenListener.FREE, AllowedSenders.EVERYBODY, tls, false, OpenListener.UTC);
    }

    private void assertRefused(Tls tls, String why) {
        assertThatThrownBy(() -> new OpenListener(folder.resolve("refused" + System.nanoTime()), source(tls)))
                .isInstanceOf(IngestException.class)
                .hasMessageStartingWith(why);
    }

    private static X509Bundle authority(String name) {
        try {
            return new CertificateBuilder()
                    .subject(name)
                    .setIsCertificateAuthority(true)
                    .ecp256()
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Bundle issuedBy(X509Bundle authority) throws Exception {
        return new CertificateBuilder()
                .subject("CN=localhost")
                .addSanIpAddress("127.0.0.1")
                .notAfter(Instant.now().plus(Duration.ofDays(1)))
                .ecp256()
                .buildIssuedBy(authority);
    }

    private Socket tlsSocket(OpenListener open, @Nullable X509Bundle client) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority.getCertificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManager[] keys = null;
        if (client != null) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry("own", client.getKeyPair().getPrivate(), new char[0], client.getCertificatePath());
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(own, new char[0]);
            keys = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        var socket = (SSLSocket)
                context.getSocketFactory().createSocket(open.address().getAddress(), open.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
        return socket;
    }

    private static Socket connect(OpenListener open, String from) throws IOException {
        Socket socket = new Socket(open.address().getAddress(), open.port(), InetAddress.getByName(from), 0);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Whether the other side ends the connection, whatever it says before. */
    private static boolean closed(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {}
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }
}
