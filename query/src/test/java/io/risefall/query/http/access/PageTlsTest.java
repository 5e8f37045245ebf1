package io.risefall.query.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.risefall.query.http.Answer;
import io.risefall.query.http.Guard;
import io.risefall.query.http.HttpCounts;
import io.risefall.query.http.HttpLimits;
import io.risefall.query.http.RawClient;
import io.risefall.query.http.Refusal;
import io.risefall.query.http.Route;
import io.risefall.query.http.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encryption of the page, with Java's own client: which versions, which certificate, and who speaks something else. */
class PageTlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ASKED = "GET / HTTP/1.1\r\nHost: localhost\r\n";

    @TempDir
    Path folder;

    private final HttpCounts counts = new HttpCounts();
    private Path certificate;
    private Path key;
    private X509Bundle first;
    private TlsFiles files;
    private WebServer server;

    @BeforeEach
    void start() throws Exception {
        certificate = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
        first = bundle();
        write(certificate, first.getCertificatePathPEM());
        write(key, first.getPrivateKeyPEM());
        files = new TlsFiles(certificate, key, Duration.ZERO);
        server = new WebServer(
                List.of(new Route(
                        "/",
                        "GET",
                        Guard.OPEN,
                        0,
                        request -> CompletableFuture.completedFuture(Answer.text(200, "here")))),
                HttpLimits.USUAL,
                files,
                counts);
        server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static X509Bundle bundle() throws Exception {
        return new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .ecp256()
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    /** As renewals do: another file takes the name. */
    private void write(Path file, String text) throws IOException {
        Path other = Files.createTempFile(
                folder,
                "new",
                ".pem",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(other, text);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SSLSocket connect(X509Bundle trusted, String... protocols) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("one", trusted.getCertificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", server.address().getPort());
        socket.setSoTimeout(30_000);
        if (protocols.length > 0) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(protocols);
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake(); // by its address, so that it names no server
        return socket;
    }

    private static X509Certificate shown(SSLSocket socket) throws SSLException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    private static String ask(SSLSocket socket) throws IOException {
        socket.getOutputStream().write((ASKED + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void speaksNewVersionsAndTellsBrowsersToStay() throws Exception {
        try (SSLSocket twelve = connect(first, "TLSv1.2");
                SSLSocket thirteen = connect(first, "TLSv1.3")) {
            assertThat(twelve.getSession().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(thirteen.getSession().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(ask(thirteen))
                    .startsWith("HTTP/1.1 200")
                    .contains("\r\nStrict-Transport-Security: max-age=86400\r\n")
                    .endsWith("here");
        }
    }

    /** What a client says that knows nothing newer than TLS 1.1. */
    @Test
    void refusesOldVersions() throws Exception {
        String hello = "\3\2" + "\0".repeat(32) + "\0" + "\0\4\0/\0" + "5" + "\1\0";
        String record = "\26\3\1\0" + (char) (hello.length() + 4) + "\1\0\0" + (char) hello.length() + hello;
        try (RawClient client = new RawClient(server.address())) {
            int alert = client.say(record).next();
            assertThat(alert).as("type of the record: an alert").isEqualTo(21);
        }
        await().atMost(PATIENCE).until(() -> counts.refused().get(Refusal.TLS) == 1);
    }

    @Test
    void tellsWhoDoesNotEncrypt() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            assertThat(client.say(ASKED + "\r\n").rest())
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("\r\n\r\nthis port speaks TLS: use https://\n");
        }
        assertThat(counts.refused()).containsEntry(Refusal.TLS, 1L);
    }

    @Test
    void aRenewedCertificateIsShownToNewConnectionsAndOldOnesStay() throws Exception {
        try (SSLSocket before = connect(first)) {
            X509Bundle second = bundle();
            write(certificate, second.getCertificatePathPEM());
            // A renewal writes two files; between them nobody may be left without.
            try (SSLSocket between = connect(first)) {
                assertThat(shown(between)).isEqualTo(first.getCertificate());
            }
            write(key, second.getPrivateKeyPEM());
            try (SSLSocket after = connect(second)) {
                assertThat(shown(after)).isEqualTo(second.getCertificate());
            }
            assertThat(ask(before)).startsWith("HTTP/1.1 200").endsWith("here");
            assertThatThrownBy(() -> connect(first)).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void brokenFilesKeepTheOldCertificateAndAreMendedLater() throws Exception {
        write(certificate, "broken");
        try (SSLSocket socket = connect(first)) {
            assertThat(ask(socket)).endsWith("here");
        }
        Files.delete(key);
        try (SSLSocket socket = connect(first)) {
            assertThat(ask(socket)).endsWith("here");
        }
        X509Bundle second = bundle();
        write(key, second.getPrivateKeyPEM());
        write(certificate, second.getCertificatePathPEM());
        try (SSLSocket socket = connect(second)) {
            assertThat(ask(socket)).endsWith("here");
        }
    }

    @Test
    void aKeyOfOthersOrOfAnotherCertificateIsRefused() throws Exception {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> new TlsFiles(certificate, key)).hasMessageContaining("chmod 600 " + key);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> new TlsFiles(certificate, key)).hasMessageContaining("chmod 600 " + key);
        write(key, bundle().getPrivateKeyPEM());
        assertThatThrownBy(() -> new TlsFiles(certificate, key))
                .hasMessageStartingWith("cannot use the certificate " + certificate + " with the key " + key + ": ");
    }
}
