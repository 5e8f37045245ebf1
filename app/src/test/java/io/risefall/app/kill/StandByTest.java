package io.risefall.app.kill;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.driver.BrokerPart;
import io.risefall.app.driver.PartsInstallation;
import io.risefall.app.driver.SupervisedPart;
import io.risefall.schemas.suite.RealParts;
import io.risefall.schemas.suite.Slow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two {@code serve}, of which one leads: when it is killed, the other one goes on with the alerts that are open; when it only stood still, it
 * sends nothing after that. Each message comes once.
 */
@Slow
@RealParts
@Timeout(600)
class StandByTest {
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final String TOLD = "select transition, title, channel, state, attempts, id, sent_at, answer from"
            + " notifications order by all";

    private static final String ALERTS = "select * from alerts order by all";
    private static final String OUTAGES = "select * exclude (duration_ms) from outages order by all";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temp;

    private final List<SupervisedPart> parts = new ArrayList<>();
    private Path log;

    @Test
    void theOtherOneGoesOnWhereTheLeaderWas() throws Exception {
        BrokerPart broker = new BrokerPart(temp.resolve("broker"), PartsInstallation.freePort());
        log = Files.createFile(temp.resolve("haproxy.log"));
        try (HangingReceiver receiver = new HangingReceiver(Set.of())) {
            Files.writeString(temp.resolve("risefall.yaml"), """
                    alerts: {hold: 1s, close-after: 1s}
                    channels:
                      hook: {kind: webhook, url: "%s"}
                    routes:
                      - {name: all, channels: hook}
                    """.formatted(receiver.url()));
            broker.start();
            broker.createTopics(1);
            part(broker, "streams", "streams").start();
            part(broker, "ingest", "ingest", "--node", "lb1", "--zone", "UTC", "--tail", log.toString())
                    .start();
            SupervisedPart one = serve(broker, "one");
            SupervisedPart two = serve(broker, "two");
            one.start();
            awaitRole(one, "leader");
            two.start();
            awaitRole(two, "stand-by");

            down("web/a");
            awaitTold(receiver, 1);
            String first = receiver.requests.get(0).id().replaceAll("-1$", "");
            awaitSame(one, two, TOLD, "hook,sent,1");

            killAll(one);
            up("web/a");
            awaitRole(two, "leader");
            awaitTold(receiver, 2);
            assertThat(receiver.requests.get(1).id()).isEqualTo(first + "-2");
            assertThat(receiver.requests.get(1).body()).contains("\"closed\"");
            one.start();
            awaitRole(one, "stand-by");
            awaitSame(two, one, TOLD, "closed,");
            awaitSame(two, one, ALERTS, first);
            awaitSame(two, one, OUTAGES, "web,a");

            signal("STOP", two);
            down("api/b");
            awaitRole(one, "leader");
            awaitTold(receiver, 3);
            assertThat(receiver.requests.get(2).body()).contains("\"opened\"", "api/b");
            signal("CONT", two);
            awaitRole(two, "stand-by");
            awaitSame(one, two, TOLD, "api/b");
            up("api/b");
            awaitTold(receiver, 4);
            awaitSame(one, two, ALERTS, "api/b");
            awaitSame(one, two, OUTAGES, "api,b");

            assertThat(one.stop()).isZero();
            awaitRole(two, "leader");
            assertThat(receiver.requests)
                    .extracting(HangingReceiver.Request::id)
                    .as("%s", receiver.requests)
                    .doesNotHaveDuplicates()
                    .hasSize(4);
        } finally {
            for (SupervisedPart part : parts) {
                part.process().ifPresent(process -> signal("CONT", process.pid()));
                part.stop();
            }
            broker.stop();
        }
    }

    private SupervisedPart serve(BrokerPart broker, String name) throws IOException {
        return part(
                broker,
                name,
                "serve",
                "--leader-elect",
                "--zone",
                "UTC",
                "--http",
                "127.0.0.1:0",
                "--config",
                temp.resolve("risefall.yaml").toString());
    }

    private SupervisedPart part(BrokerPart broker, String name, String... command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--kafka-config",
                broker.clientSettings().toString()));
        SupervisedPart part =
                new SupervisedPart(name, Files.createDirectories(temp.resolve(name)), arguments.toArray(String[]::new));
        parts.add(0, part);
        return part;
    }

    private void down(String server) throws IOException {
        write("Server " + server + " is DOWN, reason: Layer4 connection problem, info: \"Connection refused\","
                + " check duration: 0ms. 1 active and 0 backup servers left. 0 sessions active, 0 requeued, 0"
                + " remaining in queue.");
    }

    private void up(String server) throws IOException {
        write("Server " + server + " is UP, reason: Layer4 check passed, check duration: 0ms. 2 active and 0 backup"
                + " servers online. 0 sessions requeued, 0 total in queue.");
    }

    private void write(String message) throws IOException {
        Files.writeString(
                log,
                Instant.now().truncatedTo(ChronoUnit.MICROS) + " lb1 haproxy[4043]: " + message + "\n",
                StandardOpenOption.APPEND);
    }

    private static void awaitTold(HangingReceiver receiver, int count) {
        await(count + " messages")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(receiver.requests).hasSize(count));
    }

    private static void awaitSame(SupervisedPart one, SupervisedPart other, String sql, String part) {
        awaitAnswer("the same rows")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(one.ask(sql)).contains(part).isEqualTo(other.ask(sql)));
    }

    private static void awaitRole(SupervisedPart serve, String role) {
        awaitAnswer(serve.name() + " is " + role)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(role(serve)).startsWith(role + ": "));
    }

    /** What {@code /readyz} says of it; empty while nothing answers. */
    private static String role(SupervisedPart serve) throws InterruptedException {
        try {
            String url = service(serve).get("url").textValue();
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(url + "/readyz"))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            for (JsonNode check : new ObjectMapper().readTree(answer.body()).get("checks")) {
                if (check.get("name").textValue().equals("leader")) {
                    return check.get("detail").textValue();
                }
            }
            return "";
        } catch (IOException e) {
            return "";
        }
    }

    private static JsonNode service(SupervisedPart serve) throws IOException {
        return new ObjectMapper().readTree(serve.data().resolve("service.json").toFile());
    }

    /** Both processes, at once. */
    private static void killAll(SupervisedPart serve) throws Exception {
        ProcessHandle sender =
                ProcessHandle.of(service(serve).get("pid").asLong()).orElseThrow();
        sender.destroyForcibly();
        serve.kill();
        sender.onExit().get();
    }

    private static void signal(String name, SupervisedPart serve) throws IOException {
        signal(name, service(serve).get("pid").asLong());
        serve.process().ifPresent(process -> signal(name, process.pid()));
    }

    private static void signal(String name, long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
            assertThat(kill.waitFor()).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
