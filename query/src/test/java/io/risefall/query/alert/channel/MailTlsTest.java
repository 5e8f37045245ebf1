package io.risefall.query.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.risefall.query.alert.Alerts;
import io.risefall.schemas.suite.Slow;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail over TLS with a login, to a server whose certificate is of a company's own authority. */
@Slow
class MailTlsTest {
    private static final char[] KEYSTORE_PASSWORD = "of the test".toCharArray();

    @TempDir
    static Path pki;

    private static X509Bundle authority;
    private static KeyStore shown;

    private GreenMail plain;
    private GreenMail secure;
    private StartTlsFront front;

    /** GreenMail shows what these properties name, read once in a process. */
    @BeforeAll
    static void certificates() throws Exception {
        authority = new CertificateBuilder()
                .subject("CN=Company Authority")
                .setIsCertificateAuthority(true)
                .ecp256()
                .buildSelfSigned();
        shown = new CertificateBuilder()
                .subject("CN=mail")
                .addSanDnsName("localhost")
                .ecp256()
                .buildIssuedBy(authority)
                .toKeyStore(KEYSTORE_PASSWORD);
        Path file = pki.resolve("server.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            shown.store(out, KEYSTORE_PASSWORD);
        }
        Files.writeString(pki.resolve("authority.pem"), authority.getCertificatePEM());
        Files.writeString(pki.resolve("password"), "s3cr3t-w0rd\n");
        System.setProperty("greenmail.tls.keystore.file", file.toString());
        System.setProperty("greenmail.tls.keystore.password", new String(KEYSTORE_PASSWORD));
        System.setProperty("greenmail.tls.key.password", new String(KEYSTORE_PASSWORD));
    }

    @BeforeEach
    void start() throws Exception {
        plain = server("smtp");
        secure = server("smtps");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(shown, KEYSTORE_PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        front = new StartTlsFront(tls, plain.getSmtp().getPort());
    }

    @AfterEach
    void stop() throws Exception {
        front.close();
        plain.stop();
        secure.stop();
    }

    @Test
    void overTlsWithTheAuthoritysFileAndALogin() throws Exception {
        assertThat(channel("tls", secure.getSmtps().getPort(), "ca-file", "authority.pem")
                        .send(notice()))
                .isEqualTo("taken by localhost");
        assertThat(secure.getReceivedMessages()).hasSize(1);
    }

    @Test
    void overStarttlsNothingOfItIsInTheClear() throws Exception {
        assertThat(channel("starttls", front.port(), "ca-file", "authority.pem").send(notice()))
                .isEqualTo("taken by localhost");
        assertThat(plain.getReceivedMessages()).hasSize(1);
        assertThat(front.clear).hasSize(2).last().isEqualTo("STARTTLS");
    }

    @Test
    void withoutTheFileTheRefusalSaysWhatToSet() {
        for (Channel channel : List.of(
                channel("tls", secure.getSmtps().getPort(), null, null),
                channel("starttls", front.port(), null, null))) {
            assertThatThrownBy(() -> channel.send(notice()))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("the certificate of localhost is not trusted")
                    .hasMessageContaining("set ca-file to the certificate of its authority");
        }
        assertThat(plain.getReceivedMessages()).isEmpty();
        assertThat(secure.getReceivedMessages()).isEmpty();
        assertThat(front.clear).noneMatch(line -> line.startsWith("AUTH"));
    }

    @Test
    void aFileThatIsNoneIsNamed() {
        assertThatThrownBy(() -> channel("tls", secure.getSmtps().getPort(), "ca-file", "none.pem")
                        .send(notice()))
                .hasMessage("there is no ca-file " + pki.resolve("none.pem"));
    }

    @Test
    void aWrongPasswordIsSaidWithoutIt() throws Exception {
        Files.writeString(pki.resolve("wrong"), "an0ther-w0rd");
        ChannelSettings settings = settings("tls", secure.getSmtps().getPort(), "ca-file", "authority.pem");
        Map<String, List<String>> values = new TreeMap<>(settings.values());
        values.put("password-file", List.of(pki.resolve("wrong").toString()));
        assertThatThrownBy(() -> Channels.of(new ChannelSettings("mail", ChannelKind.MAIL, values), Clock.systemUTC())
                        .send(notice()))
                .hasMessageContaining("the login was refused: ")
                .hasMessageNotContaining("an0ther");
        assertThat(secure.getReceivedMessages()).isEmpty();
    }

    private static GreenMail server(String protocol) {
        ServerSetup setup = new ServerSetup(0, "localhost", protocol);
        setup.setServerStartupTimeout(20_000);
        GreenMail server = new GreenMail(setup);
        server.setUser("risefall@example.com", "risefall", "s3cr3t-w0rd");
        server.start();
        return server;
    }

    private static AlertNotice notice() {
        return new AlertNotice(Alerts.opened("a1", "web/s1"), "/", false);
    }

    private static Channel channel(String tls, int port, String key, String file) {
        return Channels.of(settings(tls, port, key, file), Clock.systemUTC());
    }

    /** @param key null: no further setting */
    private static ChannelSettings settings(String tls, int port, String key, String file) {
        Map<String, List<String>> values = new TreeMap<>();
        values.put("smtp", List.of("localhost:" + port));
        values.put("tls", List.of(tls));
        values.put("user", List.of("risefall"));
        values.put("password-file", List.of(pki.resolve("password").toString()));
        values.put("from", List.of("risefall@example.com"));
        values.put("to", List.of("ops@example.com"));
        values.put("timeout", List.of("20s"));
        if (key != null) {
            values.put(key, List.of(pki.resolve(file).toString()));
        }
        return new ChannelSettings("mail", ChannelKind.MAIL, values);
    }
}
