package io.risefall.app.endtoend;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.Programs;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.app.process.LoopbackPort;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HAProxy checks a real server that goes away and comes back, and logs to {@code risefall run}. */
@RealParts
class HaproxyEndToEndTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();
    /** What the server answers: it changes while it serves, so that no check in between is refused. */
    private final AtomicInteger status = new AtomicInteger(200);

    @Test
    void anOutageOpensAndCloses() throws Exception {
        Programs.find("haproxy");
        int backend = LoopbackPort.free();
        int udp = Programs.freeUdp();
        int tcp = LoopbackPort.free();
        Path data = temp.resolve("data");
        HttpServer server = serve(backend);

        try (Programs programs = new Programs(temp);
                RunningRisefall run = RunningRisefall.start(
                        data, "--syslog-udp", "127.0.0.1:" + udp, "--syslog-tcp", "127.0.0.1:" + tcp)) {
            programs.haproxy("haproxy", configuration(backend, udp, tcp));
            awaitRows(data, "SELECT count(*) > 0 FROM checks WHERE outcome = 'succeeded'");
            awaitRows(data, "SELECT count(*) = 2 FROM servers WHERE state = 'up'");
            verify(
                    data,
                    0,
                    "OK - all 2 are up: all servers, and no check failed in the last 1 h | servers=2 up=2 down=0;;0");

            server.stop(0);
            awaitRows(data, "SELECT count(*) = 2 FROM outages WHERE reason = 'L4CON' AND ended_at IS NULL");
            verify(data, 2, "CRITICAL - over-tcp/web1 has been down", "; over-udp/web1 has been down", "down=2;;0");
            diagnose(data, "nc -zv -w 3 127.0.0.1 " + backend, "log ring@risefall local0");
            server = serve(backend);
            awaitRows(data, "SELECT count(*) = 2 FROM outages WHERE reason = 'L4CON' AND ended_by = 'up'");
            verify(data, 1, "WARNING - over-tcp/web1 was down until ", " outages=2;0 ");
            fixedAfterSomeCalm(data);
            status.set(503);
            awaitRows(data, "SELECT count(*) = 2 FROM outages WHERE reason = 'L7STS' AND code = 503");
            status.set(200);
            awaitRows(
                    data,
                    "SELECT count(*) = 0 AND (SELECT count(*) FROM outages) = 4 FROM outages WHERE ended_at IS NULL");

            assertThat(rows(data, "SELECT DISTINCT proxy || '/' || server FROM outages ORDER BY 1"))
                    .containsExactly("over-tcp/web1", "over-udp/web1");
            assertThat(rows(data, "SELECT count(*) FROM rejected")).containsExactly("0");

            assertThat(run.stop()).isZero();
        }
        server.stop(0);
        // Beside no service: the warehouse itself.
        diagnose(data, "curl -v --max-time 5 http://127.0.0.1:" + backend + "/health", "log ring@risefall local0");
        assertThat(rows(data, "SELECT count(*) FROM outages WHERE ended_at IS NULL"))
                .containsExactly("0");
    }

    /** The commands have what HAProxy runs with. */
    private void diagnose(Path data, String... lines) {
        assertThat(risefall.run(
                        "diagnose",
                        "--data",
                        data.toString(),
                        "--haproxy-cfg",
                        temp.resolve("haproxy.cfg").toString()))
                .as(risefall.err())
                .isZero();
        assertThat(risefall.out().lines().map(String::strip)).contains(lines);
    }

    private void verify(Path data, int exitCode, String... line) {
        assertThat(risefall.run("verify", "--data", data.toString(), "--for", "1h"))
                .as(risefall.out())
                .isEqualTo(exitCode);
        assertThat(risefall.out()).contains(line).hasLineCount(1);
    }

    /** Waits for it, while requests keep the log alive: of checks that pass, HAProxy prints nothing. */
    private void fixedAfterSomeCalm(Path data) {
        CommandRunner waiting = new CommandRunner();
        CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(() -> waiting.run(
                "verify", "over-udp/web1", "--data", data.toString(), "--for", "3s", "--wait", "--timeout", "100s"));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            request();
            return exitCode.isDone();
        });
        assertThat(exitCode.join()).as(waiting.out()).isZero();
        assertThat(waiting.out()).startsWith("OK - over-udp/web1 is up, and no check failed in the last 3 s |");
    }

    private void request() throws IOException {
        try (SocketChannel front = SocketChannel.open(UnixDomainSocketAddress.of(temp.resolve("front")))) {
            front.write(ByteBuffer.wrap("GET /udp HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            while (front.read(ByteBuffer.allocate(1024)) >= 0) {
                // until HAProxy has answered and logged
            }
        }
    }

    private void awaitRows(Path data, String question) {
        awaitAnswer(question).until(() -> rows(data, question).equals(List.of("true")));
    }

    private List<String> rows(Path data, String question) {
        assertThat(risefall.run("query", "--data", data.toString(), "--format", "csv", question))
                .as(risefall.err())
                .isZero();
        return risefall.out().lines().skip(1).toList();
    }

    /** Two backends of the same server, one logged over UDP as a host's default is, one through a ring. */
    private String configuration(int backend, int udp, int tcp) {
        return """
                global
                    log-send-hostname
                defaults
                    mode http
                    timeout connect 1s
                    timeout client 5s
                    timeout server 5s
                    timeout check 5s
                    option httpchk GET /health
                    option log-health-checks
                    default-server check inter 100ms fall 2 rise 2
                ring risefall
                    format rfc5424
                    maxlen 8192
                    size 1048576
                    timeout connect 5s
                    timeout server 10s
                    server risefall 127.0.0.1:%d log-proto octet-count
                frontend unused
                    bind unix@%s
                    log 127.0.0.1:%d format rfc5424 local0
                    option httplog
                    use_backend over-udp if { path /udp }
                    default_backend over-tcp
                backend over-udp
                    log 127.0.0.1:%d format rfc5424 local0
                    server web1 127.0.0.1:%d
                backend over-tcp
                    log ring@risefall local0
                    server web1 127.0.0.1:%d
                """.formatted(tcp, temp.resolve("front"), udp, udp, backend, backend);
    }

    private HttpServer serve(int port) {
        // The port was ours a moment ago, and a check may still hold it.
        return await().atMost(PATIENCE)
                .ignoreException(java.net.BindException.class)
                .until(
                        () -> {
                            HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, port), 0);
                            server.createContext("/", exchange -> {
                                exchange.sendResponseHeaders(status.get(), -1);
                                exchange.close();
                            });
                            server.start();
                            return server;
                        },
                        server -> true);
    }
}
