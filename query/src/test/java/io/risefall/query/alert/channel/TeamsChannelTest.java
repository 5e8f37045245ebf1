package io.risefall.query.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Teams answers: an incoming webhook says 200 also where Teams has refused the message. */
class TeamsChannelTest {
    private static final DocumentNotice NOTICE = new DocumentNotice("d1", "subject", "text", "", List.of(), null);

    @TempDir
    Path folder;

    private String answer = "1";

    @Test
    void isTakenOnlyIfTheAnswerDoesNotSayOtherwise() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            Path url = Files.writeString(
                    folder.resolve("url"),
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
            Channel teams = Channels.of(
                    new ChannelSettings("teams", ChannelKind.TEAMS, Map.of("url-file", List.of(url.toString()))),
                    Clock.systemUTC());
            assertThat(teams.send(NOTICE)).startsWith("HTTP 200");
            answer = "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429";
            assertThatThrownBy(() -> teams.send(NOTICE))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("returned HTTP error 429");
        } finally {
            server.stop(0);
        }
    }
}
