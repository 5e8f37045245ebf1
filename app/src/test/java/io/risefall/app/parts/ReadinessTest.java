package io.risefall.app.parts;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.driver.BrokerPart;
import io.risefall.app.driver.PartsInstallation;
import io.risefall.app.driver.SupervisedPart;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What is ready stops being so when a part that it needs is gone, names it, and is ready again when it is back. */
@RealParts
@Timeout(600)
class ReadinessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temp;

    private final HttpClient client = HttpClient.newHttpClient();
    private BrokerPart broker;
    private int http;

    @Test
    void aPartThatIsGoneIsNamedAndNoLongerWhenItIsBack() throws Exception {
        broker = new BrokerPart(temp.resolve("broker"), PartsInstallation.freePort());
        http = PartsInstallation.freePort();
        Path log = Files.writeString(temp.resolve("haproxy.log"), "");
        SupervisedPart serve = part("serve", "--http", "127.0.0.1:" + http);
        int streamsHealth = PartsInstallation.freePort();
        int ingestHealth = PartsInstallation.freePort();
        SupervisedPart streams = part("streams", "--health", "127.0.0.1:" + streamsHealth);
        SupervisedPart ingest = part("ingest", "--tail", log.toString(), "--health", "127.0.0.1:" + ingestHealth);
        try {
            broker.start();
            broker.createTopics(2);
            serve.start();
            ingest.start();
            awaitAnswer("read")
                    .atMost(PATIENCE)
                    .ignoreException(ConnectException.class)
                    .until(() -> check("sources").path("detail").asText().equals("1 source is read"));
            Files.delete(log);
            // That takes half a minute to be said. Meanwhile:
            awaitState("streams", "FAILING");
            assertThat(check("streams").path("remedy").asText()).contains("risefall streams");
            streams.start();
            awaitState("streams", "OK");
            awaitState("sources", "FAILING");
            assertThat(get("/readyz").statusCode()).isEqualTo(503);
            assertThat(check("sources").path("detail").asText())
                    .startsWith("not read: ")
                    .endsWith("file:" + log);
            Files.writeString(log, "");
            awaitReady();

            for (int own : new int[] {streamsHealth, ingestHealth}) {
                awaitAnswer("part is ready")
                        .atMost(PATIENCE)
                        .until(() -> get(own, "/readyz").statusCode() == 200);
                assertThat(get(own, "/healthz").statusCode()).isEqualTo(200);
                assertThat(get(own, "/metrics").body())
                        .contains("risefall_kafka_up 1", "risefall_ready{check=\"lag\"} 1", "jvm_memory");
            }
            assertThat(get(streamsHealth, "/metrics").body())
                    .contains("risefall_part_waiting{of=\"haproxy.health.events.v1-0\"} 0");

            broker.kill();
            for (int own : new int[] {streamsHealth, ingestHealth}) {
                awaitAnswer("part is not ready")
                        .atMost(PATIENCE)
                        .until(() -> get(own, "/readyz").statusCode() == 503);
                assertThat(get(own, "/readyz").body()).contains("has been away since", "--bootstrap-servers");
                assertThat(get(own, "/healthz").statusCode()).isEqualTo(200);
            }
            awaitState("kafka", "FAILING");
            assertThat(check("kafka").path("remedy").asText()).contains("--bootstrap-servers");
            assertThat(get("/healthz").statusCode()).isEqualTo(200);
            broker.start();
            awaitReady();
        } finally {
            ingest.stop();
            streams.stop();
            serve.stop();
            broker.stop();
        }
    }

    private SupervisedPart part(String command, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
        arguments.addAll(List.of("--kafka-config", broker.clientSettings().toString()));
        return new SupervisedPart(
                command, Files.createDirectories(temp.resolve(command)), arguments.toArray(String[]::new));
    }

    private void awaitReady() {
        awaitAnswer("ready").atMost(PATIENCE).until(() -> get("/readyz").statusCode() == 200);
    }

    private void awaitState(String check, String state) {
        awaitAnswer(check + " " + state)
                .atMost(PATIENCE)
                .ignoreException(ConnectException.class)
                .until(() -> check(check).path("state").asText().equals(state));
    }

    private JsonNode check(String name) throws Exception {
        for (JsonNode check : new ObjectMapper().readTree(get("/readyz").body()).path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(http, path);
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
