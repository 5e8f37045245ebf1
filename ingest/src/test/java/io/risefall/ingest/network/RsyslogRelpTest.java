package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import io.risefall.ingest.network.relp.Relp;
import io.risefall.ingest.network.tls.Tls;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real sender: rsyslog with {@code omrelp}, to a listener that is killed in the middle again and again. */
@RealParts
class RsyslogRelpTest {
    private static final int MESSAGES = 20_000;
    private static final int KILLS = 5;
    /** librelp sends so many without having an answer. */
    private static final int WINDOW = 128;

    @TempDir
    Path folder;

    @BeforeEach
    void installed() {
        Rsyslogd.assumeInstalled("omrelp", "rsyslog rsyslog-relp");
    }

    @Test
    @Timeout(180)
    void nothingIsLostWhenTheListenerIsKilled() throws Exception {
        Path journal = folder.resolve("journal");
        int[] ports = ListeningProcess.freePorts(2);
        int port = ports[0];
        int input = ports[1];
        try (Rsyslogd rsyslogd = rsyslogd(input, port)) {
            ListeningProcess listener = new ListeningProcess(journal, port);
            int inTheMiddle = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                long before = listener.journalBytes();
                rsyslogd.tell(kill * MESSAGES / KILLS, (kill + 1) * MESSAGES / KILLS);
                ListeningProcess killed = listener;
                Awaitility.await("messages on their way")
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> killed.journalBytes() > before);
                killed.kill();
                inTheMiddle += killed.messages().size() < (kill + 1) * MESSAGES / KILLS ? 1 : 0;
                listener = new ListeningProcess(journal, port);
            }
            List<Integer> received = awaitAll(listener);
            listener.kill();
            assertThat(received.stream().distinct().sorted())
                    .as("nothing acknowledged or waiting is lost")
                    .isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
            assertThat(inTheMiddle).as("kills while messages came").isPositive();
            int twice = received.size() - MESSAGES;
            assertThat(twice).as("sent again at a kill").isBetween(0, KILLS * WINDOW);
        }
    }

    @Test
    @Timeout(60)
    void aConnectionClosedAfterALongSilenceIsTakenUpAgain() throws Exception {
        int[] ports = ListeningProcess.freePorts(2);
        Relp relp = new Relp(new InetSocketAddress("127.0.0.1", ports[0]), OpenListener.UTC);
        NetworkLimits limits = NetworkLimits.DEFAULT.withIdle(Duration.ofMillis(300));
        try (OpenListener open = new OpenListener(folder.resolve("journal"), relp, limits);
                Rsyslogd rsyslogd = rsyslogd(ports[1], ports[0])) {
            for (int i = 0; i < 3; i++) {
                rsyslogd.tell(i, i + 1);
                assertThat(open.await(i + 1)).hasSize(i + 1);
                open.awaitInterruption("connections closed after a long silence", i + 1);
            }
        }
    }

    /** With a certificate of its own, without which omrelp offers only TLS that identifies nobody, and Java refuses. */
    @Test
    @Timeout(60)
    void messagesComeOverTls() throws Exception {
        CertificateAuthority authority = new CertificateAuthority("fleet");
        X509Bundle client = authority.issuedForGnuTls("lb1");
        Path ca = authority.file(folder);
        Tls shown = CertificateAuthority.shown(folder, authority.issuedForGnuTls("risefall"));
        Path clientCertificate = Files.writeString(folder.resolve("client.pem"), client.getCertificatePathPEM());
        Path clientKey = Files.writeString(folder.resolve("client-key.pem"), client.getPrivateKeyPEM());
        int[] ports = ListeningProcess.freePorts(2);
        Relp relp = new Relp(
                new InetSocketAddress("127.0.0.1", ports[0]),
                AllowedSenders.EVERYBODY,
                new Tls(shown.certificate(), shown.key(), ca),
                OpenListener.UTC);
        try (OpenListener open = new OpenListener(folder.resolve("journal"), relp);
                Rsyslogd rsyslogd = rsyslogd(
                        ports[1],
                        ports[0],
                        "tls=\"on\" tls.caCert=\"" + ca + "\"",
                        "tls.myCert=\"" + clientCertificate + "\" tls.myPrivKey=\"" + clientKey + "\"",
                        "tls.authMode=\"name\" tls.permittedPeer=[\"risefall\"]")) {
            rsyslogd.tell(0, 1000);
            assertThat(open.await(1000)).hasSize(1000);
            assertThat(open.arrivals().dropped()).isEmpty();
        }
    }

    private List<Integer> awaitAll(ListeningProcess listener) {
        return Awaitility.await("all messages")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> listener.messages().stream()
                                .map(message -> Integer.parseInt(message.substring(message.lastIndexOf(' ') + 1)))
                                .toList(),
                        all -> all.stream().distinct().count() == MESSAGES);
    }

    private Rsyslogd rsyslogd(int input, int port, String... more) throws IOException {
        return new Rsyslogd(
                folder,
                input,
                String.join(
                        "\n",
                        "module(load=\"omrelp\")",
                        "action(type=\"omrelp\" target=\"127.0.0.1\" port=\"" + port + "\"",
                        String.join("\n", more),
                        "       queue.type=\"LinkedList\" queue.size=\"100000\"",
                        "       action.resumeRetryCount=\"-1\" action.resumeInterval=\"1\")"));
    }
}
