package io.risefall.app.endtoend;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.Programs;
import io.risefall.app.driver.SupervisedPart;
import io.risefall.app.process.LoopbackPort;
import io.risefall.schemas.suite.RealParts;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code risefall run} is killed while a real HAProxy has a server DOWN, and comes back when it is UP again: over UDP nobody
 * knows, and that is said; from a file it is read.
 */
@RealParts
@Timeout(900)
class AbsenceEndToEndTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();

    @Test
    void overUdpWhatWasDownIsDoubtfulUntilALineTells() throws Exception {
        int backend = LoopbackPort.free();
        int udp = Programs.freeUdp();
        int http = LoopbackPort.free();
        SupervisedPart run = part("--syslog-udp", "127.0.0.1:" + udp, "--http", "127.0.0.1:" + http);
        HttpServer server = serve(backend);
        try (Programs programs = new Programs(temp)) {
            start(run);
            haproxy(programs, configuration(backend, "log 127.0.0.1:" + udp + " format rfc5424 local0"));
            awaitTrue(run, "SELECT count(*) = 1 FROM servers WHERE state = 'up' AND certain");
            server.stop(0);
            awaitTrue(run, "SELECT count(*) = 1 FROM outages WHERE ended_at IS NULL AND certain");

            run.kill();
            server = serve(backend);
            awaitPrinted("Server web/s1 is UP");
            start(run);

            awaitTrue(
                    run, "SELECT count(*) = 1 FROM absences WHERE nodes = ['lb1'] AND ms > 0 AND why LIKE '%killed%'");
            awaitTrue(run, "SELECT count(*) = 1 FROM outages WHERE ended_at IS NULL AND NOT certain");
            assertThat(rows(run, "SELECT state, certain FROM servers")).containsExactly("down,false");
            assertThat(rows(run, "SELECT absences, absent_ms > 0 FROM ingest")).containsExactly("1,true");
            awaitMetrics(
                    http,
                    "risefall_server_doubtful{node=\"lb1\",proxy=\"web\",server=\"s1\"} 1.0",
                    "risefall_ingest_absences_total{source=\"udp:127.0.0.1:" + udp + "\"} 1.0");
            assertThat(report(run))
                    .contains("Risefall itself did not listen to udp:127.0.0.1:" + udp)
                    .contains("1 of 1 server was down at its last line, but may be up again")
                    .contains("web/s1 on lb1 was DOWN at the last line and may be up again");

            server.stop(0);
            awaitTrue(run, "SELECT count(*) = 2 FROM outages");
            assertThat(rows(run, "SELECT ended_by, certain FROM outages ORDER BY started_at"))
                    .containsExactly("unknown,false", "\"\",true");
            assertThat(rows(run, "SELECT state, cause FROM states ORDER BY from_at OFFSET 1"))
                    .containsExactly("down,L4CON", "unknown,absence", "up,absence", "down,L4CON");
            assertThat(rows(run, "SELECT state, certain FROM servers")).containsExactly("down,true");
            awaitMetrics(http, "risefall_server_doubtful{node=\"lb1\",proxy=\"web\",server=\"s1\"} 0.0");
            stopsQuietlyWithItsChildren(run);
        } finally {
            server.stop(0);
            run.kill();
        }
    }

    @Test
    void fromAFileNothingIsMissed() throws Exception {
        int backend = LoopbackPort.free();
        SupervisedPart run = part("--tail", temp.resolve("haproxy.out").toString());
        HttpServer server = serve(backend);
        try (Programs programs = new Programs(temp)) {
            haproxy(programs, configuration(backend, ""));
            start(run);
            awaitTrue(run, "SELECT count(*) = 1 FROM servers WHERE state = 'up' AND certain");
            server.stop(0);
            awaitTrue(run, "SELECT count(*) = 1 FROM outages WHERE ended_at IS NULL AND certain");

            run.kill();
            server = serve(backend);
            awaitPrinted("Server web/s1 is UP");
            start(run);

            awaitTrue(run, "SELECT count(*) = 1 FROM outages WHERE ended_by = 'up' AND certain");
            assertThat(rows(run, "SELECT state, certain FROM servers")).containsExactly("up,true");
            assertThat(rows(run, "SELECT (SELECT count(*) FROM absences), (SELECT count(*) FROM doubts)"))
                    .containsExactly("0,0");
            assertThat(report(run)).doesNotContain("Risefall itself", "Risefall was away");
            assertThat(run.stop()).isZero();
        } finally {
            server.stop(0);
            run.kill();
        }
    }

    /** As Ctrl-C in a terminal, and some service managers, end it: with all its children at once. */
    private static void stopsQuietlyWithItsChildren(SupervisedPart run) throws Exception {
        run.process().orElseThrow().descendants().forEach(ProcessHandle::destroy);
        assertThat(run.stop()).isZero();
        String output = run.output();
        assertThat(output.substring(output.lastIndexOf("press Ctrl-C to stop")))
                .doesNotContain("exited", "restart", "cannot");
    }

    private SupervisedPart part(String... options) throws Exception {
        Path folder = Files.createDirectories(temp.resolve("run"));
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(List.of(options));
        return new SupervisedPart("run", folder, arguments.toArray(String[]::new));
    }

    private static void start(SupervisedPart run) throws Exception {
        run.start();
        await("start").atMost(PATIENCE).until(run::isWorking);
    }

    /** That it is the last of what HAProxy says. */
    private void awaitPrinted(String words) {
        await(words)
                .atMost(PATIENCE)
                .until(() -> Files.readString(temp.resolve("haproxy.out"))
                        .lines()
                        .reduce((one, next) -> next)
                        .orElse("")
                        .contains(words));
    }

    private void awaitTrue(SupervisedPart run, String question) {
        awaitAnswer(question).until(() -> rows(run, question).equals(List.of("true")));
    }

    private List<String> rows(SupervisedPart run, String question) {
        assertThat(risefall.run("query", "--data", run.data().toString(), "--format", "csv", question))
                .as(risefall.err())
                .isZero();
        return risefall.out().lines().skip(1).toList();
    }

    private String report(SupervisedPart run) {
        assertThat(risefall.run("report", "--data", run.data().toString(), "--zone", "UTC"))
                .as(risefall.err())
                .isZero();
        return risefall.out().replaceAll("\\s+", " ");
    }

    /** The page may be of a moment ago where the warehouse is busy. */
    private static void awaitMetrics(int http, String... series) {
        awaitAnswer("metrics").untilAsserted(() -> assertThat(metrics(http)).contains(series));
    }

    private static String metrics(int http) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/metrics"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /** Without its copies on stderr, which name no host. */
    private void haproxy(Programs programs, String configuration) throws Exception {
        Path file = Files.writeString(temp.resolve("haproxy.cfg"), configuration);
        String command = "exec " + Programs.find("haproxy") + " -db -f " + file + " 2> /dev/null";
        programs.start("haproxy", Path.of("/bin/sh"), "-c", command);
    }

    /** HAProxy prints what it logs, too: what Risefall may miss is known there. */
    private String configuration(int backend, String log) {
        return """
                global
                    log-send-hostname lb1
                    log stdout format rfc5424 local0
                    %s
                defaults
                    log global
                    mode http
                    timeout connect 1s
                    timeout client 5s
                    timeout server 5s
                    option httpchk GET /health
                    option log-health-checks
                    timeout check 10s
                    default-server check inter 300ms fall 2 rise 2
                frontend unused
                    bind unix@%s
                    default_backend web
                backend web
                    server s1 127.0.0.1:%d
                """.formatted(log, temp.resolve("front"), backend);
    }

    private static HttpServer serve(int port) {
        // The port was ours a moment ago, and a check may still hold it.
        return await().atMost(PATIENCE)
                .ignoreException(BindException.class)
                .until(
                        () -> {
                            HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, port), 0);
                            server.createContext("/", exchange -> {
                                exchange.sendResponseHeaders(200, -1);
                                exchange.close();
                            });
                            server.start();
                            return server;
                        },
                        server -> true);
    }
}
