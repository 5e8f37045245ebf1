package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import io.risefall.ingest.network.syslog.SyslogTcp;
import io.risefall.ingest.network.tls.Tls;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real sender: rsyslog with {@code omfwd}, plain and with both of its kinds of TLS. */
@RealParts
@Timeout(60)
class RsyslogOverTcpTest {
    private static final String SILENCE = "connections closed after a long silence";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"gtls, octet-counted", "gtls, traditional", "ossl, octet-counted", "ossl, traditional"})
    void messagesComeOverTlsWithCertificatesOnBothSides(String driver, String framing) throws Exception {
        Rsyslogd.assumeInstalled("lmnsd_" + driver, "rsyslog rsyslog-gnutls rsyslog-openssl");
        CertificateAuthority authority = new CertificateAuthority("fleet");
        Tls shown = CertificateAuthority.shown(folder, authority.issuedForGnuTls("risefall"));
        int[] ports = ListeningProcess.freePorts(2);
        Tls tls = new Tls(shown.certificate(), shown.key(), authority.file(folder));
        try (OpenListener open = listen(ports[0], tls, NetworkLimits.DEFAULT);
                Rsyslogd rsyslogd = new Rsyslogd(
                        folder,
                        ports[1],
                        certificates(authority)
                                + forward(
                                        ports[0],
                                        framing,
                                        "StreamDriver=\"" + driver + "\" StreamDriverMode=\"1\""
                                                + " StreamDriverAuthMode=\"x509/name\" StreamDriverPermittedPeers=\"risefall\""))) {
            rsyslogd.tell(0, 1000);
            assertThat(open.await(1000)).hasSize(1000).last().asString().endsWith("number 999");
            assertThat(open.arrivals().dropped()).isEmpty();
        }
    }

    /** Whoever says little is silent for longer than a listener has patience. */
    @ParameterizedTest
    @ValueSource(strings = {"octet-counted", "traditional"})
    void aConnectionClosedAfterALongSilenceIsTakenUpAgain(String framing) throws Exception {
        Rsyslogd.assumeInstalled("lmnsd_ptcp", "rsyslog");
        int[] ports = ListeningProcess.freePorts(2);
        NetworkLimits hasty = NetworkLimits.DEFAULT.withIdle(Duration.ofMillis(300));
        try (OpenListener open = listen(ports[0], null, hasty);
                Rsyslogd rsyslogd = new Rsyslogd(folder, ports[1], forward(ports[0], framing, ""))) {
            for (int i = 0; i < 3; i++) {
                rsyslogd.tell(i, i + 1);
                assertThat(open.await(i + 1)).hasSize(i + 1);
                open.awaitInterruption(SILENCE, i + 1);
            }
        }
    }

    private OpenListener listen(int port, @Nullable Tls tls, NetworkLimits limits) throws IOException {
        return new OpenListener(
                folder.resolve("journal"),
                new SyslogTcp(
                        new InetSocketAddress("127.0.0.1", port),
                        AllowedSenders.EVERYBODY,
                        tls,
                        false,
                        OpenListener.UTC),
                limits);
    }

    private String certificates(CertificateAuthority authority) throws Exception {
        X509Bundle own = authority.issuedForGnuTls("lb1");
        Path certificate = Files.writeString(folder.resolve("client.pem"), own.getCertificatePathPEM());
        Path key = Files.writeString(folder.resolve("client-key.pem"), own.getPrivateKeyPEM());
        return """
                global(DefaultNetstreamDriverCAFile="%s"
                       DefaultNetstreamDriverCertFile="%s"
                       DefaultNetstreamDriverKeyFile="%s")
                """.formatted(authority.file(folder), certificate, key);
    }

    private static String forward(int port, String framing, String more) {
        return """
                action(type="omfwd" target="127.0.0.1" port="%d" protocol="tcp" TCP_Framing="%s" %s
                       template="RSYSLOG_SyslogProtocol23Format"
                       queue.type="LinkedList" queue.size="100000"
                       action.resumeRetryCount="-1" action.resumeInterval="1")
                """.formatted(port, framing, more);
    }
}
