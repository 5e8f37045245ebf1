package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real sender: rsyslog with {@code omrelp}, to a listener that is killed in the middle again and again. */
class RsyslogRelpTest {
    private static final Path RSYSLOGD = Path.of("/usr/sbin/rsyslogd");
    private static final List<Path> OMRELP = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/rsyslog/omrelp.so"),
            Path.of("/usr/lib/aarch64-linux-gnu/rsyslog/omrelp.so"),
            Path.of("/usr/lib64/rsyslog/omrelp.so"));
    private static final int MESSAGES = 20_000;
    private static final int KILLS = 5;
    /** librelp sends so many without having an answer. */
    private static final int WINDOW = 128;

    @TempDir
    Path folder;

    @BeforeEach
    void installed() {
        Assumptions.assumeTrue(
                Files.isExecutable(RSYSLOGD) && OMRELP.stream().anyMatch(Files::exists),
                "no rsyslogd with omrelp on this machine: apt-get install rsyslog rsyslog-relp");
    }

    @Test
    @Timeout(180)
    void nothingIsLostWhenTheListenerIsKilled() throws Exception {
        Path journal = folder.resolve("journal");
        int[] ports = ListeningProcess.freePorts(2);
        int port = ports[0];
        int input = ports[1];
        Process rsyslogd = rsyslogd(input, port);
        try {
            ListeningProcess listener = new ListeningProcess(journal, port);
            int inTheMiddle = 0;
            try (Socket socket = connected(input)) {
                OutputStream out = socket.getOutputStream();
                for (int kill = 0; kill < KILLS; kill++) {
                    long before = listener.journalBytes();
                    write(out, kill * MESSAGES / KILLS, (kill + 1) * MESSAGES / KILLS);
                    ListeningProcess killed = listener;
                    Awaitility.await("messages on their way")
                            .atMost(Duration.ofSeconds(30))
                            .pollInterval(Duration.ofMillis(2))
                            .until(() -> killed.journalBytes() > before);
                    killed.kill();
                    inTheMiddle += killed.messages().size() < (kill + 1) * MESSAGES / KILLS ? 1 : 0;
                    listener = new ListeningProcess(journal, port);
                }
            }
            List<Integer> received = awaitAll(listener);
            listener.kill();
            assertThat(received.stream().distinct().sorted())
                    .as("nothing acknowledged or waiting is lost")
                    .isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
            assertThat(inTheMiddle).as("kills while messages came").isPositive();
            int twice = received.size() - MESSAGES;
            assertThat(twice).as("sent again at a kill").isBetween(0, KILLS * WINDOW);
        } finally {
            rsyslogd.destroyForcibly().waitFor();
        }
    }

    @Test
    @Timeout(60)
    void aConnectionClosedAfterALongSilenceIsTakenUpAgain() throws Exception {
        int[] ports = ListeningProcess.freePorts(2);
        Relp relp = new Relp(new InetSocketAddress("127.0.0.1", ports[0]), OpenListener.UTC);
        NetworkLimits limits = NetworkLimits.DEFAULT.withIdle(Duration.ofMillis(300));
        Process rsyslogd = rsyslogd(ports[1], ports[0]);
        try (OpenListener open = new OpenListener(folder.resolve("journal"), relp, limits);
                Socket socket = connected(ports[1])) {
            for (int i = 0; i < 3; i++) {
                write(socket.getOutputStream(), i, i + 1);
                assertThat(open.await(i + 1)).hasSize(i + 1);
                open.awaitLoss("connections closed after a long silence", i + 1);
            }
        } finally {
            rsyslogd.destroyForcibly().waitFor();
        }
    }

    /** With a certificate of its own, without which omrelp offers only TLS that identifies nobody, and Java refuses. */
    @Test
    @Timeout(60)
    void messagesComeOverTls() throws Exception {
        X509Bundle authority = new CertificateBuilder()
                .subject("CN=fleet")
                .setIsCertificateAuthority(true)
                .ecp256()
                .buildSelfSigned();
        X509Bundle server = issued(authority, "risefall");
        X509Bundle client = issued(authority, "lb1");
        Path ca = Files.writeString(folder.resolve("ca.pem"), authority.getCertificatePEM());
        Path certificate = Files.writeString(folder.resolve("cert.pem"), server.getCertificatePathPEM());
        Path key = Files.writeString(folder.resolve("key.pem"), server.getPrivateKeyPEM());
        Path clientCertificate = Files.writeString(folder.resolve("client.pem"), client.getCertificatePathPEM());
        Path clientKey = Files.writeString(folder.resolve("client-key.pem"), client.getPrivateKeyPEM());
        int[] ports = ListeningProcess.freePorts(2);
        Relp relp = new Relp(
                new InetSocketAddress("127.0.0.1", ports[0]),
                AllowedSenders.EVERYBODY,
                new Tls(certificate, key, ca),
                OpenListener.UTC);
        Process rsyslogd = rsyslogd(
                ports[1],
                ports[0],
                "tls=\"on\" tls.caCert=\"" + ca + "\"",
                "tls.myCert=\"" + clientCertificate + "\" tls.myPrivKey=\"" + clientKey + "\"",
                "tls.authMode=\"name\" tls.permittedPeer=[\"risefall\"]");
        try (OpenListener open = new OpenListener(folder.resolve("journal"), relp);
                Socket socket = connected(ports[1])) {
            write(socket.getOutputStream(), 0, 1000);
            assertThat(open.await(1000)).hasSize(1000);
            assertThat(open.arrivals().dropped()).isEmpty();
        } finally {
            rsyslogd.destroyForcibly().waitFor();
        }
    }

    private static X509Bundle issued(X509Bundle authority, String name) throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .addSanDnsName(name)
                .notAfter(Instant.now().plus(Duration.ofDays(1)))
                // GnuTLS cannot read Java's elliptic keys.
                .rsa2048()
                .buildIssuedBy(authority);
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

    private Process rsyslogd(int input, int port, String... more) throws IOException {
        Path conf = Files.writeString(
                folder.resolve("rsyslog.conf"),
                String.join(
                        "\n",
                        "global(workDirectory=\"" + folder + "\")",
                        "module(load=\"imtcp\")",
                        "module(load=\"omrelp\")",
                        "input(type=\"imtcp\" address=\"127.0.0.1\" port=\"" + input + "\")",
                        "action(type=\"omrelp\" target=\"127.0.0.1\" port=\"" + port + "\"",
                        String.join("\n", more),
                        "       queue.type=\"LinkedList\" queue.size=\"100000\"",
                        "       action.resumeRetryCount=\"-1\" action.resumeInterval=\"1\")",
                        ""));
        return new ProcessBuilder(
                        RSYSLOGD.toString(),
                        "-n",
                        "-f",
                        conf.toString(),
                        "-i",
                        folder.resolve("rsyslogd.pid").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("rsyslogd.out").toFile())
                .start();
    }

    private static Socket connected(int port) {
        return Awaitility.await("rsyslogd")
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(
                        () -> {
                            Socket socket = new Socket();
                            socket.connect(new InetSocketAddress("127.0.0.1", port));
                            return socket;
                        },
                        Socket::isConnected);
    }

    private static void write(OutputStream out, int from, int to) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("<129>Nov 23 00:00:00 lb1 haproxy[1]: number ")
                    .append(i)
                    .append('\n');
        }
        out.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
