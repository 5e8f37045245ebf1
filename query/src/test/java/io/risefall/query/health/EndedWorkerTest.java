package io.risefall.query.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.query.alert.delivery.AlertConfig;
import io.risefall.query.alert.delivery.Delivery;
import io.risefall.query.alert.delivery.StoredOutbox;
import io.risefall.query.alert.model.LocalAlertLog;
import io.risefall.query.alert.watch.AlertEngine;
import io.risefall.query.http.HttpLimits;
import io.risefall.query.http.WebServer;
import io.risefall.query.page.now.LatestFleet;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.schedule.ReportSchedule;
import io.risefall.query.schedule.StoredReports;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.WarehouseWriter;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.query.warehouse.facts.Sealing;
import io.risefall.query.warehouse.facts.SealingAges;
import io.risefall.schemas.cluster.KafkaAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An error that ends the thread of a part is seen: neither alive nor ready, in words that name the part. */
@Timeout(120)
class EndedWorkerTest {
    private static final ReadingState READ =
            new ReadingState(null, Map.of(new TopicPartition("haproxy.health.events.v1", 0), 0L), Map.of());

    @TempDir
    Path folder;

    private Warehouse warehouse;
    private HealthPages health;
    private WebServer server;

    @BeforeEach
    void start() throws Exception {
        warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC);
        health = new HealthPages(
                warehouse,
                new WarehouseWriter(warehouse, KafkaAddress.of("localhost:9092")),
                folder,
                "localhost:9092",
                () -> false,
                null);
        server = new WebServer(health.routes(), HttpLimits.USUAL);
        server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() {
        server.close();
        health.close();
        warehouse.close();
    }

    @Test
    void alertsAreWorkedOut() throws Exception {
        try (AlertEngine engine = new AlertEngine(
                EndedWorkerTest::gone,
                () -> READ,
                Map::of,
                AlertConfig.NONE.settings(),
                new StoredOutbox(),
                new LocalAlertLog(),
                ZoneOffset.UTC,
                Clock.systemUTC())) {
            engine.start();
            assertSeen(engine.ended(), "the thread that works out alerts (alert-engine) ended");
        }
    }

    @Test
    void messagesAreSent() throws Exception {
        try (Delivery delivery =
                new Delivery(EndedWorkerTest::gone, AlertConfig.NONE, new LocalAlertLog(), Clock.systemUTC())) {
            delivery.start();
            assertSeen(delivery.ended(), "the thread that sends alerts and reports (alert-delivery) ended");
        }
    }

    @Test
    void reportsAreSent() throws Exception {
        try (ReportSchedule schedule = new ReportSchedule(
                List.of(),
                EndedWorkerTest::gone,
                new StoredReports(AlertConfig.NONE, Clock.systemUTC()),
                new LocalAlertLog(),
                null,
                () -> READ,
                Clock.systemUTC())) {
            schedule.start();
            assertSeen(schedule.ended(), "the thread that sends reports that are due (report-schedule) ended");
        }
    }

    @Test
    void daysAreSealed() throws Exception {
        try (Sealing sealing = new Sealing(
                folder,
                new SealingAges(Duration.ofDays(35), null),
                warehouse.past(),
                EndedWorkerTest::gone,
                () -> READ,
                Clock.systemUTC())) {
            sealing.start();
            assertSeen(sealing.ended(), "the thread that writes days as files (sealing) ended");
        }
    }

    /** Who asks for it does not wait for a thread that is gone. */
    @Test
    void pagesShowNews() throws Exception {
        try (LatestFleet fleet = new LatestFleet(warehouse, ZoneOffset.UTC, () -> {
            throw new AssertionError("never");
        })) {
            fleet.start();
            assertSeen(fleet.ended(), "the thread that looks how the fleet is, for the pages, (fleet-now) ended");
            assertThatThrownBy(fleet::get).hasRootCauseMessage("never");
        }
    }

    /** As where the files of the program were replaced while it runs. */
    private static Connection gone() {
        throw new NoClassDefFoundError("io/risefall/query/Gone");
    }

    private void assertSeen(CompletableFuture<Void> ended, String words) throws Exception {
        health.watch(ended);
        await().until(ended::isCompletedExceptionally);
        health.start();
        for (String page : List.of("/readyz", "/healthz")) {
            await().untilAsserted(() -> {
                HttpResponse<String> answer = get(page);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(check(answer, "state")).isEqualTo("FAILING");
                assertThat(check(answer, "detail")).startsWith(words).contains("Error: ");
                assertThat(check(answer, "remedy")).contains("restart this process");
            });
        }
    }

    private HttpResponse<String> get(String page) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + page);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String check(HttpResponse<String> answer, String field) throws Exception {
        for (JsonNode check : new ObjectMapper().readTree(answer.body()).get("checks")) {
            if (check.get("name").textValue().equals("workers")) {
                return check.get(field).textValue();
            }
        }
        throw new AssertionError("no check of workers: " + answer.body());
    }
}
