package io.risefall.app.endtoend;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.query.http.access.Scope;
import io.risefall.query.http.access.User;
import io.risefall.query.http.access.UserTokens;
import io.risefall.query.http.access.UsersFile;
import io.risefall.query.http.service.ServiceClient;
import io.risefall.query.sql.ResultFormat;
import io.risefall.schemas.suite.RealParts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand connections that want nothing good stop neither answers nor lines, and no log has a secret. */
@RealParts
class AttackedServiceTest {
    private static final int FLOOD = 1000;
    private static final int PATIENCE_MILLIS = 60_000;
    private static final Pattern COOKIE = Pattern.compile("risefall=([0-9a-f]{64})");
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{64})\"");

    @TempDir
    Path folder;

    private final List<Socket> crowd = new ArrayList<>();
    private InetSocketAddress address;

    @Test
    void othersAreAnsweredAndLinesBecomeRows() throws Exception {
        Path log = Files.createFile(folder.resolve("haproxy.log"));
        Path data = folder.resolve("data");
        Path users = folder.resolve("users");
        String token = UserTokens.make("anna");
        UsersFile.add(users, new User("anna", Scope.FULL, UserTokens.hash(token)));
        List<String> secrets = new ArrayList<>(List.of(token.substring("anna:".length())));
        try (RunningRisefall running = RunningRisefall.start(
                data, "--tail", log.toString(), "--zone", "UTC", "--http-users", users.toString())) {
            JsonService service = JsonService.of(data);
            address = service.address();
            secrets.add(service.token());
            secrets.addAll(signInAndOut(token));

            line(log, 1);
            awaitRows(data, 1);
            for (int i = 0; i < FLOOD; i++) {
                attack(i);
            }
            assertThat(ask("GET", "/healthz", "")).startsWith("HTTP/1.1 200");
            line(log, 2);
            awaitRows(data, 2);
            String metrics = ask("GET", "/metrics", "");
            assertThat(value(metrics, "risefall_http_connections ")).isLessThanOrEqualTo(1024);
            assertThat(value(metrics, "risefall_http_refused_total{reason=\"malformed\"} "))
                    .isPositive();
            assertThat(value(metrics, "risefall_http_refused_total{reason=\"not_allowed\"} "))
                    .isPositive();
            assertThat(running.err()).doesNotContain("restarting");
            assertNoneOf(secrets, running.err());
        } finally {
            for (Socket client : crowd) {
                client.close();
            }
        }
        try (Stream<Path> logs = Files.walk(data.resolve("logs"))) {
            List<Path> files = logs.filter(Files::isRegularFile).toList();
            assertThat(files).isNotEmpty();
            for (Path file : files) {
                assertNoneOf(secrets, Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static void assertNoneOf(List<String> secrets, String text) {
        secrets.forEach(secret -> assertThat(text).doesNotContain(secret));
    }

    private void attack(int number) throws IOException {
        Socket client = connect();
        crowd.add(client);
        switch (number % 5) {
            case 0 -> say(client, "GET /metrics HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            case 1 -> say(client, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
            case 2 -> say(client, "\0nonsense\r\n\r\n");
            case 3 ->
                say(
                        client,
                        "POST /sql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer anna:wrong\r\n"
                                + "Content-Length: 999999999\r\n\r\n");
            default -> say(client, "");
        }
    }

    /** The right token, a wrong one that is nearly it, and what a session consists of. */
    private List<String> signInAndOut(String token) throws IOException {
        String signedIn = ask("POST", "/login", "to=/&token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
        assertThat(signedIn).startsWith("HTTP/1.1 303");
        String session = find(COOKIE, signedIn);
        String page = ask("GET", "/", "", "Cookie: risefall=" + session);
        String csrf = find(CSRF, page);
        String wrong = "f".repeat(60) + "0123";
        assertThat(ask("POST", "/login", "token=anna%3A" + wrong)).startsWith("HTTP/1.1 401");
        assertThat(ask("POST", "/sql", "select 1", "Authorization: Bearer " + token))
                .startsWith("HTTP/1.1 403"); // it says an Origin, as a browser would
        assertThat(ask("POST", "/logout", "csrf=" + csrf, "Cookie: risefall=" + session))
                .startsWith("HTTP/1.1 303");
        assertThat(ask("GET", "/", "", "Cookie: risefall=" + session)).startsWith("HTTP/1.1 401");
        return List.of(session, csrf, wrong);
    }

    private static String find(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
        return found.group(1);
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(address.getAddress(), address.getPort());
        client.setSoTimeout(PATIENCE_MILLIS);
        return client;
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String ask(String method, String path, String body, String... headers) throws IOException {
        try (Socket client = connect()) {
            say(
                    client,
                    method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
                            + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n")
                            + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body);
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static double value(String metrics, String series) {
        return metrics.lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitRows(Path data, int rows) {
        awaitAnswer(rows + " rows").until(() -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ServiceClient.find(data).orElseThrow().sql("select count(*) as n from events", ResultFormat.CSV, out);
            return out.toString(StandardCharsets.UTF_8).equals("n\n" + rows + "\n");
        });
    }

    private static void line(Path log, int number) throws IOException {
        Files.writeString(
                log,
                String.format(
                        "2026-11-23T10:00:%02d.000000+00:00 lb1 haproxy[42]: Server app/srv%d is DOWN, reason: Layer4 timeout, check"
                                + " duration: 2001ms. 6 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.%n",
                        number, number),
                StandardOpenOption.APPEND);
    }

    /** How the service is found. */
    private record JsonService(InetSocketAddress address, String token) {
        static JsonService of(Path data) throws IOException {
            var json = new ObjectMapper().readTree(data.resolve("service.json").toFile());
            URI url = URI.create(json.path("url").asText());
            return new JsonService(
                    new InetSocketAddress(url.getHost(), url.getPort()),
                    json.path("token").asText());
        }
    }
}
