package io.risefall.app.docs;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.Programs;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.app.process.LoopbackPort;
import io.risefall.app.runtime.Snippets;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What README says to write into haproxy.cfg and rsyslog.conf brings the lines, with the real programs. */
@RealParts
@Timeout(240)
class HaproxyRsyslogSnippetsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();

    @Test
    void eachWayBringsEveryLineOnce() throws Exception {
        Programs.find("haproxy");
        Programs.find("rsyslogd");
        Programs.find("logrotate");
        int udp = Programs.freeUdp();
        int tcp = LoopbackPort.free();
        int relp = LoopbackPort.free();
        int tls = LoopbackPort.free();
        Path unix = temp.resolve("risefall.sock");
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=risefall")
                .addSanIpAddress("127.0.0.1")
                .setIsCertificateAuthority(true)
                .ecp256()
                .buildSelfSigned();
        Path certificate = Files.writeString(temp.resolve("certificate.pem"), bundle.getCertificatePEM());
        Path key = Files.writeString(temp.resolve("key.pem"), bundle.getPrivateKeyPEM());
        Path log = temp.resolve("haproxy.log");
        Path socket = temp.resolve("dev-log");
        Path config = Files.writeString(
                temp.resolve("risefall.yaml"), """
                sources:
                  - tail: %s
                  - syslog-udp: 127.0.0.1:%d
                  - syslog-tcp: 127.0.0.1:%d
                  - relp: 127.0.0.1:%d
                  - syslog-unix: %s
                  - syslog-tls: 127.0.0.1:%d
                    tls-certificate: %s
                    tls-key: %s
                """.formatted(log, udp, tcp, relp, unix, tls, certificate, key));
        Path data = temp.resolve("data");
        try (Programs programs = new Programs(temp);
                RunningRisefall run = RunningRisefall.start(data, "--config", config.toString())) {
            programs.rsyslogd(
                    "rsyslog",
                    "module(load=\"imuxsock\" SysSock.Use=\"off\")\ninput(type=\"imuxsock\" Socket=\"" + socket
                            + "\")\n"
                            + Snippets.text("rsyslog-file.conf")
                                    .replace("/var/log/haproxy.log", log.toString())
                                    .replace("    stop\n", "")
                            + Snippets.text("rsyslog-tcp.conf").replace("5514", String.valueOf(tcp))
                            + Snippets.text("rsyslog-relp.conf").replace("2514", String.valueOf(relp)));
            await().atMost(PATIENCE).until(() -> Files.exists(socket));
            haproxy(programs, "over-udp", Snippets.text("haproxy-udp.cfg").replace("5514", String.valueOf(udp)));
            haproxy(programs, "over-tcp", Snippets.text("haproxy-tcp.cfg").replace("5514", String.valueOf(tcp)));
            haproxy(
                    programs,
                    "over-unix",
                    Snippets.text("haproxy-unix.cfg").replace("/run/risefall.sock", unix.toString()));
            haproxy(
                    programs,
                    "over-tls",
                    Snippets.text("haproxy-tls.cfg")
                            .replace("6514", String.valueOf(tls))
                            .replace("/etc/haproxy/risefall-ca.pem", certificate.toString()));
            haproxy(
                    programs,
                    "over-rsyslog",
                    "global\n    log " + socket + " local0\ndefaults\n    log global\n    option log-health-checks\n");

            String tcpSource = "tcp:127.0.0.1:" + tcp;
            awaitAnswer("each source")
                    .untilAsserted(() -> assertThat(rows(
                                    data,
                                    "SELECT DISTINCT proxy, source FROM events WHERE kind = 'switch' ORDER BY ALL"))
                            .containsExactly(
                                    "over-rsyslog,file:" + log,
                                    "over-rsyslog,relp:127.0.0.1:" + relp,
                                    "over-rsyslog," + tcpSource,
                                    "over-tcp," + tcpSource,
                                    "over-tls,tls:127.0.0.1:" + tls,
                                    "over-udp,udp:127.0.0.1:" + udp,
                                    "over-unix,unix:" + unix));
            awaitAnswer("outages")
                    .untilAsserted(() -> assertThat(rows(
                                    data,
                                    "SELECT proxy, count(*), any_value(reason) FROM outages GROUP BY ALL ORDER BY ALL"))
                            .as("what came on two ways counts once")
                            .containsExactly(
                                    "over-rsyslog,1,L4CON",
                                    "over-tcp,1,L4CON",
                                    "over-tls,1,L4CON",
                                    "over-udp,1,L4CON",
                                    "over-unix,1,L4CON"));

            rotate(log);
            assertThat(temp.resolve("haproxy.log.1")).exists();
            haproxy(
                    programs,
                    "after-rotation",
                    "global\n    log " + socket + " local0\ndefaults\n    log global\n    option log-health-checks\n");
            awaitAnswer("the source after the rotation")
                    .untilAsserted(() -> assertThat(rows(
                                    data,
                                    "SELECT DISTINCT source FROM events WHERE proxy = 'after-rotation' ORDER BY ALL"))
                            .contains("file:" + log));
            assertThat(rows(data, "SELECT count(*) FROM rejected")).containsExactly("0");
        }
    }

    /** As logrotate does it with the configuration in README; rsyslog is not a service here, so it is told by hand. */
    private void rotate(Path log) throws Exception {
        String pid = Files.readString(temp.resolve("rsyslog.pid")).strip();
        Path conf = Files.writeString(
                temp.resolve("logrotate.conf"),
                Snippets.text("logrotate.conf")
                        .replace("/var/log/haproxy.log", log.toString())
                        .replace("/usr/lib/rsyslog/rsyslog-rotate", "kill -HUP " + pid));
        Process logrotate = new ProcessBuilder(
                        Programs.find("logrotate").toString(),
                        "--force",
                        "--state",
                        temp.resolve("logrotate.state").toString(),
                        conf.toString())
                .inheritIO()
                .start();
        assertThat(logrotate.waitFor()).isZero();
    }

    private void haproxy(Programs programs, String proxy, String snippet) throws Exception {
        programs.haproxy(proxy, snippet + """
                defaults
                    log global
                    mode http
                    option log-health-checks
                    timeout connect 1s
                    timeout client 5s
                    timeout server 5s
                frontend unused
                    bind unix@%s
                    default_backend %s
                backend %s
                    server web1 127.0.0.1:%d check inter 100ms fall 2 rise 2
                """.formatted(temp.resolve(proxy), proxy, proxy, LoopbackPort.free()));
    }

    private List<String> rows(Path data, String question) {
        assertThat(risefall.run("query", "--data", data.toString(), "--format", "csv", question))
                .as(risefall.err())
                .isZero();
        return risefall.out().lines().skip(1).toList();
    }
}
