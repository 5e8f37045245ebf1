package io.risefall.app.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.app.driver.BrokerPart;
import io.risefall.app.driver.PartsInstallation;
import io.risefall.app.driver.SupervisedPart;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What answers goes on answering while its Kafka is away: from the start, later, and when its name is gone. */
@RealParts
class ServeWithoutKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String NAME = "kafka.test";
    private static final String COUNT = "select count(*) as n from events";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temp;

    private final HttpClient client = HttpClient.newHttpClient();
    private BrokerPart broker;
    private Path hosts;
    private int http;

    @BeforeEach
    void chooseWhere() throws Exception {
        broker = new BrokerPart(temp.resolve("broker"), PartsInstallation.freePort());
        hosts = temp.resolve("hosts");
        Files.writeString(hosts, "");
        http = PartsInstallation.freePort();
    }

    @Test
    void serveAnswersFromItsFileWhileTheNameOfKafkaIsUnknownAndWhenItComesBack() throws Exception {
        SupervisedPart serve = part("serve");
        try {
            serve.start();
            awaitAnswer(serve, COUNT, "n\n0\n");
            assertThat(metrics()).contains("risefall_kafka_up 0.0");
            assertThat(serve.output()).contains("its name cannot be resolved");

            Files.writeString(hosts, "127.0.0.1 " + NAME + "\n");
            broker.start();
            broker.createTopics(2);
            awaitMetric("risefall_kafka_up 1.0");

            Files.writeString(hosts, "");
            broker.kill();
            awaitMetric("risefall_kafka_up 0.0");
            awaitAnswer(serve, COUNT, "n\n0\n");

            Files.writeString(hosts, "127.0.0.1 " + NAME + "\n");
            broker.start();
            awaitMetric("risefall_kafka_up 1.0");
            assertThat(metrics())
                    .contains(
                            "risefall_warehouse_behind_records{partition=\"1\",topic=\"haproxy.health.events.v1\"} 0.0");
            assertThat(serve.ownEnds()).isEmpty();
        } finally {
            serve.stop();
            broker.stop();
        }
    }

    @Test
    void runWithAnotherKafkaStartsWithoutItAndPublishesAndAnswersWhenItComes() throws Exception {
        int udp = PartsInstallation.freePort();
        SupervisedPart run = part("run", "--syslog-udp", "127.0.0.1:" + udp);
        try {
            run.start();
            await().atMost(PATIENCE).until(run::isWorking);
            send(udp);
            awaitAnswer(run, COUNT, "n\n0\n");

            Files.writeString(hosts, "127.0.0.1 " + NAME + "\n");
            broker.start();
            awaitAnswer(run, "select state from servers", "state\ndown\n");
            assertThat(run.ownEnds()).isEmpty();
        } finally {
            run.stop();
            broker.stop();
        }
    }

    private SupervisedPart part(String command, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command, "--http", "127.0.0.1:" + http));
        arguments.addAll(List.of(more));
        String servers = NAME + broker.bootstrapServers().substring("127.0.0.1".length());
        arguments.addAll(List.of("--bootstrap-servers", servers));
        arguments.addAll(List.of("--kafka-config", broker.clientSettings().toString()));
        return new SupervisedPart(
                        command, Files.createDirectories(temp.resolve(command)), arguments.toArray(String[]::new))
                .with("-Djdk.net.hosts.file=" + hosts, "-Dsun.net.inetaddr.ttl=0", "-Dsun.net.inetaddr.negative.ttl=0");
    }

    private static void awaitAnswer(SupervisedPart part, String sql, String answer) {
        await(sql)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> part.ask(sql).equals(answer));
    }

    /** Every page of them costs as much as some questions. */
    private void awaitMetric(String sample) {
        await(sample)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> metrics().contains(sample));
    }

    private String metrics() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/metrics"))
                .timeout(PATIENCE)
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private static void send(int port) throws Exception {
        byte[] message = "<129>1 2026-11-23T00:00:00.000000+00:00 lb1 haproxy 4043 - - Server app/srv1 is DOWN."
                .getBytes(StandardCharsets.UTF_8);
        try (DatagramSocket datagrams = new DatagramSocket()) {
            datagrams.send(new DatagramPacket(message, message.length, InetAddress.getByName("127.0.0.1"), port));
        }
    }
}
