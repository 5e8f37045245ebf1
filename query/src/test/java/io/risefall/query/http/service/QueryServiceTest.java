package io.risefall.query.http.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.query.alert.delivery.AlertConfig;
import io.risefall.query.http.RawClient;
import io.risefall.query.http.access.AccessSettings;
import io.risefall.query.http.access.PageAccess;
import io.risefall.query.metrics.Metrics;
import io.risefall.query.question.ExplainQuestion;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.question.Questions;
import io.risefall.query.question.ReportQuestion;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.WarehouseWriter;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.suite.RealParts;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service over real HTTP on loopback. */
@RealParts
class QueryServiceTest {
    @TempDir
    Path folder;

    private final RouteTrials trials = new RouteTrials(AlertConfig.NONE);
    private Warehouse warehouse;
    private QueryService service;

    @BeforeEach
    void start() throws Exception {
        warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneId.of("UTC"));
        Metrics metrics = new Metrics(warehouse::read, 0);
        service = new QueryService(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                folder,
                "localhost:9092",
                new UserQueries(new SqlSandbox(warehouse::read, Duration.ofSeconds(30)), folder, metrics.times()),
                new UserQuestions(new Questions(warehouse, ZoneId.of("UTC"), () -> null), folder, metrics.times()),
                metrics,
                new WarehouseWriter(warehouse, KafkaAddress.of("localhost:9092")),
                (line, data, out) -> new ServedCommands.Ended(0, ""),
                List.of(),
                trials,
                new PageAccess("127.0.0.1", AccessSettings.OPEN, Clock.systemUTC(), access -> List.of()));
        service.start();
    }

    @AfterEach
    void stop() {
        service.close();
        trials.close();
        warehouse.close();
    }

    @Test
    void answersSql() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        client().sql("select 1 as one", ResultFormat.CSV, out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\n1\n");
    }

    @Test
    void aRouteThatItDoesNotHaveCannotBeTried() {
        assertThatThrownBy(() -> client().testRoute("ops", new ByteArrayOutputStream()))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("the service was started without a route ops and without any other");
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
        QuestionParameters parameters = new QuestionParameters(Map.of("date", "2026-11-23", "format", "markdown"));
        assertThat(client().ask(new ReportQuestion(), parameters, out)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("# ").contains("2026-11-23");
    }

    @Test
    void saysThatThereIsNothingToExplain() {
        QuestionParameters parameters = new QuestionParameters(Map.of("asked", "2026-11-23 lb1 web/srv1 down_ms"));
        assertThatThrownBy(() -> client().ask(new ExplainQuestion(), parameters, new ByteArrayOutputStream()))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("nothing is known about any server on 2026-11-23");
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

    /** Ends only when it is cancelled. */
    private static final String ENDLESS =
            "select count(*) from range(1000000) a, range(1000000) b, range(1000000) c where a.range + b.range = c.range";

    @Test
    void queriesThatCannotBeTakenAreTurnedAwayAndTheRestGoesOn() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        List<CompletableFuture<HttpResponse<String>>> endless = new ArrayList<>();
        int more = 10;
        for (int i = 0; i < UserQueries.AT_ONCE + UserQueries.WAITING + more; i++) {
            endless.add(http.sendAsync(
                    asks("/sql").POST(BodyPublishers.ofString(ENDLESS)).build(), BodyHandlers.ofString()));
        }
        for (int i = 0; i < more; i++) {
            CompletableFuture.anyOf(endless.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
            CompletableFuture<HttpResponse<String>> done = endless.stream()
                    .filter(CompletableFuture::isDone)
                    .findFirst()
                    .orElseThrow();
            HttpResponse<String> first = done.get();
            assertThat(first.statusCode()).isEqualTo(503);
            assertThat(first.headers().firstValueAsLong("Retry-After")).hasValue(2);
            assertThat(first.body()).startsWith("busy: 4 queries at a time, and 32 are waiting already; try again");
            endless.removeIf(one -> one == done);
        }
        assertThat(get(http, "/metrics").statusCode()).isEqualTo(200);
        assertThat(get(http, "/status").statusCode()).isEqualTo(200);
        assertThat(get(http, "/report?date=2026-11-23").body()).startsWith("HAProxy health on Monday 23 November 2026");
        assertThat(client().await(Map.of(), Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void aClientThatGoesAwayEndsItsQuery() throws Exception {
        InetSocketAddress address = service.address();
        String request = "POST /sql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + ServiceFile.read(folder).orElseThrow().token() + "\r\nContent-Length: " + ENDLESS.length()
                + "\r\n\r\n";
        for (int i = 0; i < UserQueries.AT_ONCE; i++) {
            try (RawClient raw = new RawClient(address)) {
                raw.say(request + ENDLESS);
            }
        }
        answersSql();
    }

    @Test
    void manyWaitForRowsWithoutHoldingUpAnything() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        String later = "{\"a-topic-0\": 7}";
        for (int i = 0; i < 200; i++) {
            http.sendAsync(
                    asks("/await?millis=60000")
                            .POST(BodyPublishers.ofString(later))
                            .build(),
                    BodyHandlers.ofString());
        }
        answersSql();
        assertThat(get(http, "/status").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1", "{\"a\": 1}", "{\"a-b\": 1}"})
    void saysWhenItIsAskedToWaitForNonsense(String body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(asks("/await").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(ResultFormat.class)
    void answersWithAnyType(ResultFormat format) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        asks("/sql?format=" + format)
                                .POST(BodyPublishers.ofString("from test_all_types()"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(format.contentType());
    }

    @Test
    void aServiceThatDoesNotAnswerIsNotTakenForNone() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new ServiceFile(
                            "http://127.0.0.1:" + silent.getLocalPort(),
                            "token",
                            ProcessHandle.current().pid(),
                            "localhost:9092")
                    .write(other);
            assertThatThrownBy(() -> ServiceClient.find(other))
                    .isInstanceOf(ServiceBusyException.class)
                    .hasMessageContaining("does not answer: it is busy or suspended; try again")
                    .hasMessageNotContaining("stop it");
        }
    }

    private HttpResponse<String> get(HttpClient http, String path) throws Exception {
        return http.send(asks(path).GET().build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder asks(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + service.address().getPort() + path))
                .header(
                        "Authorization",
                        "Bearer " + ServiceFile.read(folder).orElseThrow().token());
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
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private ServiceClient client() throws InterruptedException {
        return ServiceClient.find(folder).orElseThrow();
    }

    @Test
    void annotationsNeedTheTokenAsSqlDoes() throws Exception {
        String token = new ObjectMapper()
                .readTree(folder.resolve("service.json").toFile())
                .path("token")
                .asText();
        assertThat(status("127.0.0.1", "Bearer wrong", "/api/annotations")).isEqualTo(401);
        assertThat(status("127.0.0.1", "Bearer " + token, "/api/annotations?from=0&to=1"))
                .isEqualTo(200);
        assertThat(status("127.0.0.1", "Bearer " + token, "/api/annotations?from=soon"))
                .isEqualTo(400);
    }

    private int status(String host, String authorization) throws Exception {
        return status(host, authorization, "/status");
    }

    private int status(String host, String authorization, String path) throws Exception {
        URI uri = URI.create("http://" + host + ":" + service.address().getPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", authorization)
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
