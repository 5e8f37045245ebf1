package io.risefall.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests of browsers are answered, where the paths lead, and how events are sent. */
class SameOriginTest {
    private static final Guard GUARD = new SameOrigin(HostNames.of("risefall.example", List.of()));

    private final CompletableFuture<Consumer<String>> listening = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private WebServer server;

    @BeforeEach
    void start() throws IOException {
        server = new WebServer(
                List.of(
                        new Route("/", "GET", GUARD, 0, request -> said("first")),
                        new Route("/do", "POST", GUARD, 100, request -> said("done " + request.form())),
                        new Route("/servers/", "GET", GUARD, 0, request -> said("server " + request.rest())),
                        new Route(
                                "/live",
                                "GET",
                                GUARD,
                                0,
                                request -> CompletableFuture.completedStage(Answer.events(client -> {
                                    listening.complete(client);
                                    return () -> left.complete(null);
                                })))),
                HttpLimits.USUAL);
        server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static CompletableFuture<Answer> said(String text) {
        return CompletableFuture.completedFuture(Answer.text(200, text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | GET / | Host: localhost:1
            200 | GET / | Host: risefall.example
            200 | GET / | Host: localhost\\r\\nOrigin: http://elsewhere.example
            403 | GET / | Host: elsewhere.example
            400 | GET / | Host: localhost\\r\\nHost: localhost
            400 | GET / | X: y
            200 | HEAD / | Host: localhost
            200 | POST /do | Host: localhost:1\\r\\nOrigin: http://localhost:1
            200 | POST /do | Host: localhost:1\\r\\nOrigin: https://localhost:1
            403 | POST /do | Host: localhost:1
            403 | POST /do | Host: localhost:1\\r\\nOrigin: http://localhost:2
            403 | POST /do | Host: localhost:1\\r\\nOrigin: null
            403 | POST /do | Host: localhost:1\\r\\nOrigin: http://[
            405 | GET /do | Host: localhost
            404 | GET /nothing | Host: localhost
            404 | GET // | Host: localhost
            404 | GET /../do | Host: localhost
            """)
    void answersOwnPagesOnly(int status, String line, String headers) throws IOException {
        String answer =
                ask(line + " HTTP/1.1\r\n" + headers.replace("\\r\\n", "\r\n") + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "/servers/a/b, '[a, b]'",
        "/servers/a%2Fb/c, '[a/b, c]'",
        "/servers/, '[]'",
        "/servers/a%20b/%C3%A4?x=1, '[a b, ä]'",
        "/servers/a//c, '[a, , c]'"
    })
    void theRestOfAPathIsDecodedPieceByPiece(String path, String rest) throws IOException {
        byte[] answer = ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(new String(answer, StandardCharsets.UTF_8)).endsWith("server " + rest);
    }

    @Test
    void sendsEventsUntilTheClientGoes() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            client.say("GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            listening.get(30, TimeUnit.SECONDS).accept("one");
            String line = client.line();
            while (!line.startsWith("data:")) {
                line = client.line();
            }
            assertThat(line).isEqualTo("data: one");
        }
        left.get(30, TimeUnit.SECONDS);
    }

    private String ask(String request) throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            return client.say(request).rest();
        }
    }
}
