package io.risefall.app.parts;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.app.driver.BrokerPart;
import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.CommittedEvents;
import io.risefall.app.driver.PartsInstallation;
import io.risefall.app.driver.SupervisedPart;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.suite.RealParts;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code risefall ingest} as a process, before there is a Kafka and after its name is gone: it listens, and loses nothing. */
@RealParts
class WithoutKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String NAME = "kafka.test";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temp;

    @Test
    void ingestListensBeforeKafkaIsThereAndPublishesWhenItComes() throws Exception {
        BrokerPart broker = new BrokerPart(temp.resolve("broker"), PartsInstallation.freePort());
        int udp = PartsInstallation.freePort();
        SupervisedPart ingest = ingest(broker, broker.bootstrapServers(), udp);
        try {
            ingest.start();
            awaitOutput(ingest, "press Ctrl-C to stop");
            send(udp, 0, 100);
            awaitOutput(ingest, "no Kafka at " + broker.bootstrapServers());
            // Its end is orderly, and nothing is published: its journal stays, in a directory that this start has made.
            assertThat(ingest.stop()).isZero();
            ingest.start();
            await().atMost(PATIENCE).until(ingest::isWorking);
            send(udp, 100, 200);
            await().atMost(PATIENCE).until(() -> ingest.output().split("no Kafka at ", -1).length == 3);
            // Before it has heard of Kafka, so before it knows how far its journal was read.
            ingest.kill();
            ingest.start();
            await().atMost(PATIENCE).until(ingest::isWorking);
            send(udp, 200, 300);
            broker.start();
            awaitOutput(ingest, "risefall topics create --bootstrap-servers " + broker.bootstrapServers());
            send(udp, 300, 400);
            broker.createTopics(3);
            awaitServers(broker.address(), 400);
            assertThat(ingest.output())
                    .contains("Kafka at " + broker.bootstrapServers() + " is available again after ");
            assertThat(ingest.ownEnds()).isEmpty();
        } finally {
            ingest.stop();
            broker.stop();
        }
    }

    @Test
    void ingestListensOnWhenKafkaIsAwayAndItsNameIsUnknown() throws Exception {
        BrokerPart broker = new BrokerPart(temp.resolve("broker"), PartsInstallation.freePort());
        int udp = PartsInstallation.freePort();
        Path hosts = temp.resolve("hosts");
        Files.writeString(hosts, "127.0.0.1 " + NAME + "\n");
        String port =
                broker.bootstrapServers().substring(broker.bootstrapServers().indexOf(':'));
        SupervisedPart ingest = ingest(broker, NAME + port, udp)
                .with("-Djdk.net.hosts.file=" + hosts, "-Dsun.net.inetaddr.ttl=0", "-Dsun.net.inetaddr.negative.ttl=0");
        try {
            broker.start();
            broker.createTopics(3);
            ingest.start();
            await().atMost(PATIENCE).until(ingest::isWorking);
            send(udp, 0, 100);
            awaitServers(broker.address(), 100);

            broker.kill();
            Files.writeString(hosts, "");
            send(udp, 100, 200);
            awaitOutput(ingest, "its name cannot be resolved");
            send(udp, 200, 300);
            Files.writeString(hosts, "127.0.0.1 " + NAME + "\n");
            broker.start();
            awaitServers(broker.address(), 300);
            assertThat(ingest.ownEnds()).isEmpty();
        } finally {
            ingest.stop();
            broker.stop();
        }
    }

    @Test
    void whatIsNoAddressEndsAtOnce() {
        for (String part : List.of("ingest --tail x", "streams", "serve")) {
            CommandRunner session = new CommandRunner();
            List<String> command = new ArrayList<>(List.of(part.split(" ")));
            command.addAll(List.of("--data", temp.toString(), "--bootstrap-servers", "kafka1"));
            assertThat(session.run(command.toArray(String[]::new))).isEqualTo(2);
            assertThat(session.err())
                    .startsWith("risefall: cannot use --bootstrap-servers kafka1: 'kafka1' is not HOST:PORT");
        }
    }

    private SupervisedPart ingest(BrokerPart broker, String servers, int udp) throws Exception {
        return new SupervisedPart(
                "ingest",
                Files.createDirectories(temp.resolve("ingest")),
                "ingest",
                "--instance",
                "one",
                "--syslog-udp",
                "127.0.0.1:" + udp,
                "--bootstrap-servers",
                servers,
                "--kafka-config",
                broker.clientSettings().toString());
    }

    private static void awaitOutput(SupervisedPart part, String text) {
        await(text).atMost(PATIENCE).until(() -> part.output().contains(text));
    }

    private static void send(int port, int from, int to) throws Exception {
        try (DatagramSocket datagrams = new DatagramSocket()) {
            for (int n = from; n < to; n++) {
                byte[] message = ("<129>1 2026-11-23T00:00:00.000000+00:00 lb1 haproxy 4043 - - Server app/srv" + n
                                + " is DOWN.")
                        .getBytes(StandardCharsets.UTF_8);
                datagrams.send(new DatagramPacket(message, message.length, InetAddress.getByName("127.0.0.1"), port));
            }
        }
    }

    private static void awaitServers(KafkaAddress kafka, int count) {
        awaitAnswer("events")
                .atMost(PATIENCE)
                .until(() -> CommittedEvents.servers(kafka).size() >= count);
        assertThat(CommittedEvents.servers(kafka))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count).mapToObj(n -> "srv" + n).toList());
    }
}
