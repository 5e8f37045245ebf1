package io.risefall.query.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients cannot do, whatever they send, and however slowly. */
class WebServerTest {
    private static final String TOKEN = "Host: localhost\r\nAuthorization: Bearer secret\r\n";
    private static final Guard GATE = new Gate("secret", "a file", HostNames.of("localhost", List.of()));
    private static final int BIG = 8 * 1024 * 1024;

    @TempDir
    Path folder;

    private final CompletableFuture<Request> asked = new CompletableFuture<>();
    private final CompletableFuture<Answer> never = new CompletableFuture<>();
    private final CompletableFuture<Answer.Rest> rest = new CompletableFuture<>();
    private final HttpCounts counts = new HttpCounts();
    private WebServer server;

    @BeforeEach
    void start() throws Exception {
        serve(HttpLimits.USUAL);
    }

    private void serve(HttpLimits limits) throws IOException {
        close();
        server = new WebServer(
                List.of(
                        new Route("/echo", "POST", GATE, 100, request -> now(request.text())),
                        new Route("/open", "GET", Guard.OPEN, 0, request -> now("open " + request.parameters())),
                        new Route("/never", "GET", Guard.OPEN, 0, request -> {
                            asked.complete(request);
                            return never;
                        }),
                        new Route(
                                "/begun",
                                "GET",
                                Guard.OPEN,
                                0,
                                request -> CompletableFuture.completedFuture(
                                        Answer.begun("text/plain", "begun ".getBytes(UTF_8), rest))),
                        new Route("/broken", "GET", Guard.OPEN, 0, request -> {
                            throw new IllegalStateException("broken");
                        }),
                        new Route(
                                "/big",
                                "GET",
                                Guard.OPEN,
                                0,
                                request -> CompletableFuture.completedStage(Answer.written(
                                        "text/plain", folder, Long.MAX_VALUE, out -> out.write(new byte[BIG]))))),
                limits,
                null,
                counts);
        server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static HttpLimits limits(int connections, Duration request, Duration send) {
        return new HttpLimits(connections, 4, BIG, request, send, BIG, Duration.ofMillis(100));
    }

    private static CompletableFuture<Answer> now(String text) {
        return CompletableFuture.completedFuture(Answer.text(200, text));
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | GET /open HTTP/1.1\\r\\n{host}\\r\\n
            200 | GET /open?a=%20b HTTP/1.0\\r\\n\\r\\n
            200 | POST /echo HTTP/1.1\\r\\n{token}Content-Length: 2\\r\\n\\r\\nhi
            200 | POST /echo HTTP/1.1\\r\\n{token}Transfer-Encoding: chunked\\r\\n\\r\\n2\\r\\nhi\\r\\n0\\r\\n\\r\\n
            200 | HEAD /open HTTP/1.1\\r\\n{host}\\r\\n
            400 | nonsense\\r\\n\\r\\n
            400 | POST /echo HTTP/1.1\\r\\n{token}Transfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n
            400 | POST /echo HTTP/1.1\\r\\n{token}Content-Length: -1\\r\\n\\r\\n
            400 | POST /echo HTTP/1.1\\r\\n{token}Content-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\n
            400 | POST /echo HTTP/1.1\\r\\nAuthorization: Bearer secret\\r\\n\\r\\n
            400 | POST /echo HTTP/1.1\\r\\n{token}Host: evil.example\\r\\n\\r\\n
            400 | GET /open HTTP/1.1\\r\\n\\r\\n
            400 | GET /open HTTP/1.1\\r\\n{host}{host}\\r\\n
            400 | GET /open HTTP/1.1\\r\\n{host}Host : b\\r\\n\\r\\n
            400 | GET /open HTTP/1.1\\r\\n folded: a\\r\\n{host}\\r\\n
            400 | POST /echo HTTP/1.1\\r\\n{token}Transfer-Encoding: gzip\\r\\n\\r\\nhi
            400 | POST /echo HTTP/1.1\\r\\n{token}Transfer-Encoding: chunked\\r\\nTransfer-Encoding: identity\\r\\n\\r\\nhi
            400 | POST /echo HTTP/1.1\\r\\n{token}Transfer-Encoding: chunked\\r\\nContent-Length: 3\\r\\n\\r\\n2\\r\\nhi\\r\\n0\\r\\n\\r\\n
            400 | POST /echo HTTP/1.0\\r\\n{token}Transfer-Encoding: chunked\\r\\n\\r\\n2\\r\\nhi\\r\\n0\\r\\n\\r\\n
            401 | POST /echo HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n
            401 | POST /echo HTTP/1.1\\r\\nHost: localhost\\r\\nAuthorization: Bearer wrong\\r\\n\\r\\n
            401 | POST /echo HTTP/1.1\\r\\nHost: localhost\\r\\nAuthorization: secret\\r\\n\\r\\n
            401 | POST /echo HTTP/1.1\\r\\n{token}Authorization: Bearer other\\r\\n\\r\\n
            403 | POST /echo HTTP/1.1\\r\\nHost: evil.example\\r\\nAuthorization: Bearer secret\\r\\n\\r\\n
            403 | POST /echo HTTP/1.1\\r\\n{token}Origin: http://localhost\\r\\nContent-Length: 2\\r\\n\\r\\nhi
            404 | GET / HTTP/1.1\\r\\n{host}\\r\\n
            404 | GET /open/../open HTTP/1.1\\r\\n{host}\\r\\n
            404 | GET /../../etc/passwd HTTP/1.1\\r\\n{host}\\r\\n
            404 | GET /%2e%2e/etc/passwd HTTP/1.1\\r\\n{host}\\r\\n
            404 | GET //open HTTP/1.1\\r\\n{host}\\r\\n
            404 | GET http://evil.example/open HTTP/1.1\\r\\n{host}\\r\\n
            404 | CONNECT evil.example:443 HTTP/1.1\\r\\n{host}\\r\\n
            404 | OPTIONS * HTTP/1.1\\r\\n{host}\\r\\n
            404 | GET /open%2f HTTP/1.1\\r\\n{host}\\r\\n
            404 | GET /%6fpen HTTP/1.1\\r\\n{host}\\r\\n
            404 | GET /..%5c..%5cetc%5cpasswd HTTP/1.1\\r\\n{host}\\r\\n
            404 | GET http://localhost/open HTTP/1.1\\r\\n{host}\\r\\n
            405 | GET /echo HTTP/1.1\\r\\n{token}\\r\\n
            405 | TRACE /open HTTP/1.1\\r\\n{host}\\r\\n
            405 | PROPFIND /open HTTP/1.1\\r\\n{host}\\r\\n
            405 | OPTIONS /echo HTTP/1.1\\r\\n{token}\\r\\n
            405 | HEAD /echo HTTP/1.1\\r\\n{token}\\r\\n
            413 | POST /echo HTTP/1.1\\r\\n{token}Content-Length: 101\\r\\n\\r\\n
            413 | POST /echo HTTP/1.1\\r\\n{token}Content-Length: 99999999999999\\r\\n\\r\\n
            413 | POST /echo HTTP/1.1\\r\\n{token}Transfer-Encoding: chunked\\r\\n\\r\\n65\\r\\n{101}\\r\\n
            413 | GET /open HTTP/1.1\\r\\n{host}Content-Length: 1\\r\\n\\r\\n
            414 | GET /{20000} HTTP/1.1\\r\\n{host}\\r\\n
            431 | GET /open HTTP/1.1\\r\\n{host}X: {20000}\\r\\n\\r\\n
            431 | GET /open HTTP/1.1\\r\\n{host}Cookie: risefall={20000}\\r\\n\\r\\n
            500 | GET /broken HTTP/1.1\\r\\n{host}\\r\\n
            505 | PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n
            505 | GET /open HTTP/3.0\\r\\n{host}\\r\\n
            """)
    void answersOrRefuses(int status, String request) throws Exception {
        String said = request.replace("\\r\\n", "\r\n")
                .replace("{token}", TOKEN)
                .replace("{host}", "Host: localhost\r\n")
                .replace("{101}", "x".repeat(101))
                .replace("{20000}", "x".repeat(20_000));
        try (RawClient client = new RawClient(server.address())) {
            assertThat(client.say(said).line()).startsWith("HTTP/1.1 " + status + " ");
        }
        Refusal.of(status)
                .ifPresent(why ->
                        assertThat(counts.refused().get(why)).as(why.word()).isPositive());
        stillAnswers();
    }

    @Test
    void whatIsNoParameterIsAnswered() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            client.say("GET /open?a=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.line()).startsWith("HTTP/1.1 400 ");
        }
        stillAnswers();
    }

    @Test
    void aConnectionServesOneRequestAfterTheOther() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            for (int i = 0; i < 3; i++) {
                client.say("GET /open?n=" + i + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(client.line()).startsWith("HTTP/1.1 200");
                String line;
                do {
                    line = client.line();
                } while (!line.isEmpty());
                client.say("");
                for (char expected : ("open {n=" + i + "}").toCharArray()) {
                    assertThat((char) client.next()).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void whatIsAskedBeforeTheAnswerIsDropped() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            client.say("GET /never HTTP/1.1\r\nHost: localhost\r\n\r\nGET /open HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .repeat(20));
            asked.get(30, TimeUnit.SECONDS);
            client.say("GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n");
            never.complete(Answer.text(200, "at last"));
            String all = client.rest();
            assertThat(all).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nat last");
        }
        assertThat(counts.refused().get(Refusal.PIPELINED)).isPositive();
    }

    @Test
    void aClientThatGoesAwayAbandonsItsRequest() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            client.say("GET /never HTTP/1.1\r\nHost: localhost\r\n\r\n");
            asked.get(30, TimeUnit.SECONDS);
        }
        asked.get().abandoned().get(30, TimeUnit.SECONDS);
        never.complete(Answer.written("text/plain", folder, BIG, out -> out.write(new byte[BIG])));
        stillAnswers(); // by the same thread, so the answer was thrown away before
        assertThat(openFiles()).noneMatch(file -> file.startsWith(folder.toString()));
    }

    @Test
    void thousandsWhoSayNothingOrTooLittleStopNobody() throws Exception {
        List<RawClient> idlers = new ArrayList<>();
        try {
            for (int i = 0; i < 1500; i++) {
                RawClient idler = new RawClient(server.address());
                idlers.add(idler);
                switch (i % 3) {
                    case 0 -> idler.say("GET /open HTTP/1.1\r\nHost: localhost\r\nX: ");
                    case 1 -> idler.say("POST /echo HTTP/1.1\r\n" + TOKEN + "Content-Length: 9\r\n\r\nh");
                    default -> idler.say("");
                }
                if (i % 100 == 0) {
                    stillAnswers();
                }
            }
            stillAnswers();
            assertThat(idlers.get(2).isClosed())
                    .as("the one that waited longest")
                    .isTrue();
        } finally {
            for (RawClient idler : idlers) {
                idler.close();
            }
        }
        stillAnswers();
    }

    @Test
    void whoTakesTooLongToAskIsToldAndLeft() throws Exception {
        serve(limits(10, Duration.ofMillis(300), Duration.ofSeconds(30)));
        try (RawClient silent = new RawClient(server.address());
                RawClient dribbling = new RawClient(server.address());
                RawClient halfway = new RawClient(server.address())) {
            dribbling.say("GET /open HTTP/1.1\r\nHost: localhost\r\nX: ");
            halfway.say("POST /echo HTTP/1.1\r\n" + TOKEN + "Content-Length: 9\r\n\r\nh");
            assertThat(halfway.rest()).startsWith("HTTP/1.1 408");
            assertThat(dribbling.rest()).startsWith("HTTP/1.1 408");
            assertThat(silent.isClosed()).isTrue();
        }
        assertThat(counts.refused()).containsEntry(Refusal.SLOW_REQUEST, 2L);
    }

    @Test
    void whoTakesTheAnswerTooSlowlyIsLeft() throws Exception {
        serve(limits(10, Duration.ofSeconds(20), Duration.ofMillis(300)));
        try (RawClient slow = new RawClient(server.address())) {
            slow.say("GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(slow.line()).startsWith("HTTP/1.1 200");
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (System.nanoTime() < deadline && openFiles().anyMatch(file -> file.startsWith(folder.toString()))) {
                stillAnswers();
            }
            assertThat(slow.rest().length()).isLessThan(BIG);
        }
        assertThat(counts.refused()).containsEntry(Refusal.SLOW_READER, 1L);
    }

    @Test
    void aLongAnswerComesWholeAndLeavesNoFile() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            client.say("GET /big HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            String all = client.rest();
            assertThat(all.length() - all.indexOf("\r\n\r\n") - 4).isEqualTo(BIG);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aBeginningIsSentBeforeItsEndIsThere() throws Exception {
        byte[] end = new byte[200_000]; // more than is written at once
        Arrays.fill(end, (byte) 'e');
        try (RawClient client = new RawClient(server.address())) {
            client.say("GET /begun HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200").contains("transfer-encoding: chunked");
            assertThat(List.of(client.line(), client.line())).containsExactly("6", "begun");
            stillAnswers();
            rest.complete(new Answer.Rest(end, true));
            StringBuilder all = new StringBuilder();
            for (String size = client.line(); !size.equals("0"); size = client.line()) {
                all.append(client.line());
            }
            assertThat(all.toString()).isEqualTo(new String(end, UTF_8));
            assertThat(client.line()).isEmpty();
            client.say("GET /open HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 200").endsWith("open {}");
        }
    }

    @Test
    void whatIsMissingAtTheEndIsSeenByEachClient() throws Exception {
        rest.complete(new Answer.Rest("cut off".getBytes(UTF_8), false));
        try (RawClient client = new RawClient(server.address());
                RawClient old = new RawClient(server.address());
                RawClient head = new RawClient(server.address())) {
            client.say("GET /begun HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 200")
                    .endsWith("\r\n\r\n6\r\nbegun \r\n7\r\ncut off\r\n"); // without the last chunk
            old.say("GET /begun HTTP/1.0\r\n\r\n");
            assertThat(old.rest())
                    .startsWith("HTTP/1.1 500")
                    .contains("content-length: 13")
                    .endsWith("\r\n\r\nbegun cut off");
            head.say("HEAD /begun HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(head.rest()).startsWith("HTTP/1.1 500").endsWith("\r\n\r\n");
        }
    }

    private void stillAnswers() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            client.say("POST /echo HTTP/1.1\r\n" + TOKEN + "Connection: close\r\nContent-Length: 2\r\n\r\nhi");
            assertThat(client.rest()).startsWith("HTTP/1.1 200").endsWith("hi");
        }
    }

    private static Stream<String> openFiles() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            for (Path file : open.toList()) {
                try {
                    names.add(Files.readSymbolicLink(file).toString());
                } catch (IOException e) {
                    assertThat(e).isInstanceOf(NoSuchFileException.class); // closed meanwhile
                }
            }
        }
        return names.stream();
    }
}
