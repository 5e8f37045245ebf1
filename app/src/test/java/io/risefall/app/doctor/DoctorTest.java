package io.risefall.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.Programs;
import io.risefall.app.process.LoopbackPort;
import io.risefall.ingest.network.stats.StatsAddress;
import io.risefall.ingest.network.stats.StatsClient;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HAProxy with servers that are each unwell in another way. */
@RealParts
class DoctorTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String SECRET = "f4c0ffee5ec7e7";

    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();

    @Test
    void eachPointIsExamined() throws Exception {
        Programs.find("haproxy");
        Path socket = temp.resolve("admin.sock");
        HttpServer web = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        web.createContext("/", exchange -> {
            String key = exchange.getRequestHeaders().getFirst("X-Api-Key");
            boolean well = exchange.getRequestURI().getPath().equals("/health") && SECRET.equals(key);
            exchange.sendResponseHeaders(well ? 200 : 503, -1);
            exchange.close();
        });
        web.start();
        HttpsServer secured = secured();
        int closed = LoopbackPort.free();
        String configuration = configuration(
                socket, web.getAddress().getPort(), secured.getAddress().getPort(), closed);

        try (Programs programs = new Programs(temp);
                ServerSocket silent = new ServerSocket(0, 50, LOOPBACK)) {
            programs.haproxy("haproxy", configuration.replace("SILENT", String.valueOf(silent.getLocalPort())));
            StatsClient haproxy = new StatsClient(StatsAddress.parse(socket.toString()), Duration.ofSeconds(5));
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> haproxy.counters().contains("web,closed,") && down(haproxy.counters()) == 3);

            String[] command = {
                "doctor",
                "--data",
                temp.resolve("none").toString(),
                "--haproxy-cfg",
                temp.resolve("haproxy.cfg").toString(),
                "--socket",
                socket.toString()
            };
            assertThat(risefall.run(command)).as(risefall.err()).isOne();
            assertThat(risefall.out())
                    .contains(
                            "wrong    port of web/closed",
                            "         next      nc -zv -w 3 127.0.0.1 " + closed,
                            "wrong    certificate of tls/other-name",
                            "wrong    log-health-checks of")
                    .doesNotContain(SECRET);

            command = append(command, "--json");
            assertThat(risefall.run(command)).isOne();
            assertThat(risefall.out()).doesNotContain(SECRET);
            assertThat(points())
                    .contains(
                            "ok process haproxy",
                            "ok stats socket " + socket,
                            "wrong states all servers",
                            "ok configuration " + temp.resolve("haproxy.cfg"),
                            "ok port web/well",
                            "ok health endpoint web/well",
                            "wrong port web/closed",
                            "ok port web/silent",
                            "wrong health endpoint web/silent",
                            "wrong health endpoint ill/unwell",
                            "wrong DNS web/unnamed",
                            "ok certificate tls/named",
                            "wrong certificate tls/other-name",
                            "wrong log-health-checks 3 checked backends",
                            "ok log 3 checked backends",
                            "wrong log arrives " + temp.resolve("none"))
                    .doesNotContain("ok port web/unchecked");
        } finally {
            web.stop(0);
            secured.stop(0);
        }
        assertThat(risefall.run(
                        "doctor", "--data", temp.resolve("none").toString(), "--socket", socket.toString(), "--json"))
                .isOne();
        assertThat(points()).contains("wrong stats socket " + socket);
        assertThat(risefall.out()).contains("nobody listens there: is HAProxy running?");
    }

    @Test
    void anInvalidConfigurationIsNamedWithItsPlaceOnly() throws Exception {
        Programs.find("haproxy");
        Path file = Files.writeString(
                temp.resolve("bad.cfg"), "global\n  log-" + SECRET + " x\nbackend web\n  server a 127.0.0.1:1 check\n");
        assertThat(risefall.run(
                        "doctor",
                        "--data",
                        temp.resolve("none").toString(),
                        "--haproxy-cfg",
                        file.toString(),
                        "--socket",
                        temp.resolve("none.sock").toString()))
                .isOne();
        assertThat(risefall.out())
                .contains("found     invalid at " + file + ":2", "next      run haproxy -c -f " + file)
                .doesNotContain(SECRET);
    }

    private static long down(String counters) {
        return counters.lines()
                .filter(line -> line.contains(",DOWN,") && line.contains("127.0.0.1:"))
                .count();
    }

    private static String[] append(String[] words, String word) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add(word);
        return all.toArray(String[]::new);
    }

    private List<String> points() throws IOException {
        List<String> points = new ArrayList<>();
        for (JsonNode one : new ObjectMapper().readTree(risefall.out()).get("examinations")) {
            points.add(one.get("outcome").asText().toLowerCase(java.util.Locale.ROOT) + " "
                    + one.get("what").asText() + " " + one.get("subject").asText());
        }
        return points;
    }

    /** With a certificate of 90 days for web.example.org. */
    private HttpsServer secured() throws Exception {
        Path store = temp.resolve("store.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        assertThat(new ProcessBuilder(
                                keytool.toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-alias",
                                "web",
                                "-dname",
                                "CN=web",
                                "-ext",
                                "san=dns:web.example.org",
                                "-validity",
                                "90",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                new String(PASSWORD))
                        .redirectErrorStream(true)
                        .redirectOutput(temp.resolve("keytool.out").toFile())
                        .start()
                        .waitFor())
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.start();
        return server;
    }

    private static String configuration(Path socket, int web, int secured, int closed) {
        return """
                global
                    stats socket %s level admin
                    log 127.0.0.1:%d local0
                defaults
                    mode http
                    log global
                    timeout connect 1s
                    timeout client 5s
                    timeout server 5s
                    timeout check 700ms
                    default-server init-addr none inter 1s fall 1 rise 2
                backend web
                    option httpchk
                    http-check send meth GET uri /health hdr X-Api-Key %s
                    server well 127.0.0.1:%d check
                    server closed 127.0.0.1:%d check
                    server silent 127.0.0.1:SILENT check
                    server unnamed no-such-name.invalid:80 check
                    server unchecked 127.0.0.1:%d
                backend ill
                    option httpchk GET /ill
                    server unwell 127.0.0.1:%d check
                backend tls
                    option tcp-check
                    server named 127.0.0.1:%d check ssl verify none check-sni web.example.org
                    server other-name 127.0.0.1:%d check ssl verify none check-sni other.example.org
                """.formatted(socket, closed, SECRET, web, closed, closed, web, secured, secured);
    }
}
