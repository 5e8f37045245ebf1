package io.risefall.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.metrics.Metrics;
import io.risefall.schemas.cluster.KafkaAddress;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service over real HTTP on loopback. */
class QueryServiceTest {
    @TempDir
    Path folder;

    private Warehouse warehouse;
    private QueryService service;

    @BeforeEach
    void start() throws Exception {
        warehouse = Warehouse.open(folder.resolve("w.duckdb"), ZoneId.of("UTC"));
        service = new QueryService(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                folder,
                "localhost:9092",
                new SqlSandbox(warehouse::read, Duration.ofSeconds(30)),
                (parameters, out) -> out.write(("report " + parameters).getBytes(StandardCharsets.UTF_8)),
                (parameters, out) -> out.write(("explain " + parameters).getBytes(StandardCharsets.UTF_8)),
                new Metrics(warehouse::read),
                new WarehouseWriter(warehouse, KafkaAddress.of("localhost:9092")));
        service.start();
    }

    @AfterEach
    void stop() {
        service.close();
        warehouse.close();
    }

    @Test
    void answersSql() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        client().sql("select 1 as one", ResultFormat.CSV, out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\n1\n");
    }

    @Test
    void anEmptyAnswerIsAnAnswer() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        client().sql("select node from servers", ResultFormat.CSV, out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("node\n");
    }

    @Test
    void saysWhatIsWrongInOneLine() {
        assertThatThrownBy(() -> client().sql("selct 1", ResultFormat.CSV, new ByteArrayOutputStream()))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("selct");
    }

    @Test
    void givesReports() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        client().report(Map.of("date", "2026-11-23"), out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("report {date=2026-11-23}");
    }

    @Test
    void explains() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        client().explain(Map.of("asked", "2026-11-23 lb1 web/srv1 down_ms"), out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("explain {asked=2026-11-23 lb1 web/srv1 down_ms}");
    }

    @Test
    void tellsTheKafkaAndWaitsForRows() throws Exception {
        assertThat(client().bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(client().await(Map.of(), Duration.ofMillis(1))).isTrue();
        assertThat(client().await(Map.of(new TopicPartition("a-topic", 0), 7L), Duration.ofMillis(1)))
                .isFalse();
    }

    @Test
    void refusesWithoutTheToken() throws Exception {
        assertThat(status("127.0.0.1", "Bearer wrong")).isEqualTo(401);
    }

    @Test
    void prometheusNeedsNoToken() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + service.address().getPort() + "/metrics"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void aStaleFileIsNoService() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        new ServiceFile("http://127.0.0.1:" + closedPort(), "token", 1, "localhost:9092").write(other);
        assertThat(ServiceClient.find(other)).isEmpty();
        assertThat(ServiceClient.find(folder.resolve("nowhere"))).isEmpty();
    }

    @Test
    void theFileGoesWithTheService() throws Exception {
        assertThat(ServiceFile.in(folder)).exists();
        service.close();
        assertThat(ServiceFile.in(folder)).doesNotExist();
    }

    private static int closedPort() throws Exception {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private ServiceClient client() throws InterruptedException {
        return ServiceClient.find(folder).orElseThrow();
    }

    private int status(String host, String authorization) throws Exception {
        URI uri = URI.create("http://" + host + ":" + service.address().getPort() + "/status");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", authorization)
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
