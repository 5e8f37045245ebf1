package io.risefall.query.http.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.http.Gate;
import io.risefall.query.http.HostNames;
import io.risefall.query.http.HttpLimits;
import io.risefall.query.http.RawClient;
import io.risefall.query.http.Route;
import io.risefall.query.http.WebServer;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the launcher has a command run, over real HTTP on loopback. */
@RealParts
class CommandEndpointTest {
    private static final String TOKEN = "0123abcd";

    @TempDir
    Path data;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    private CommandEndpoint endpoint;
    private WebServer server;

    @BeforeEach
    void start() throws Exception {
        endpoint = new CommandEndpoint(this::run, data);
        server = new WebServer(
                List.of(new Route(
                        "/command",
                        "POST",
                        new Gate(TOKEN, "a file", HostNames.of("127.0.0.1", List.of())),
                        CommandEndpoint.BODY_BYTES,
                        endpoint)),
                HttpLimits.USUAL);
        server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        server.close();
        endpoint.close();
    }

    private ServedCommands.Ended run(ServedCommands.CommandLine line, Path dataDir, OutputStream out)
            throws IOException, InterruptedException, ServedCommands.NotServedException {
        switch (line.arguments().get(0)) {
            case "print" -> {
                out.write((line + " " + dataDir).getBytes(StandardCharsets.UTF_8));
                return new ServedCommands.Ended(3, line.arguments().get(1));
            }
            case "wait" -> {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                }
                return new ServedCommands.Ended(0, "");
            }
            default -> throw new ServedCommands.NotServedException("no such command");
        }
    }

    @Test
    void outputExitCodeAndMessagesComeBack() throws Exception {
        HttpResponse<String> answer = post("argument=print&argument=&argument=" + encoded("a=b&c;d +%\n'\"\u00e4\\")
                + "&zone=Europe%2FBerlin&columns=80");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("CommandLine[arguments=[print, , a=b&c;d +%\n'\"\u00e4\\], zone=Europe/Berlin, columns=80] "
                        + data);
        assertThat(answer.headers().firstValue("Risefall-Exit-Code")).hasValue("3");
        assertThat(answer.headers().firstValue("Risefall-Messages")).isEmpty();
    }

    @Test
    void messagesAreOneHeaderThatPrintfReads() throws Exception {
        HttpResponse<String> answer =
                post("argument=print&argument=" + encoded("two words\r\nSet-Cookie: x\\0012\u00e4\n"));
        assertThat(answer.headers().firstValue("Risefall-Messages"))
                .hasValue("two\\0040words\\0015\\0012Set-Cookie:\\0040x\\01340012\\0303\\0244\\0012");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void whatIsNotServedIsTheClientsToRun() throws Exception {
        HttpResponse<String> answer = post("argument=rm");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).isEqualTo("no such command");
        assertThat(answer.headers().firstValue("Risefall-Exit-Code")).isEmpty();
    }

    @Test
    void nobodyWithoutTheTokenRunsAnything() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(request("argument=print&argument=x", "Bearer 0123abce"), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void aClientThatGoesAwayInterruptsItsCommand() throws Exception {
        String body = "argument=wait";
        try (RawClient raw = new RawClient(server.address())) {
            raw.say("POST /command HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN
                    + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(post("argument=print&argument=after").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> post(String form) throws Exception {
        return HttpClient.newHttpClient().send(request(form, "Bearer " + TOKEN), BodyHandlers.ofString());
    }

    private HttpRequest request(String form, String authorization) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + "/command"))
                .header("Authorization", authorization)
                .POST(BodyPublishers.ofString(form))
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
