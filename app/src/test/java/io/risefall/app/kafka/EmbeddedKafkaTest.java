package io.risefall.app.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.app.process.CommandException;
import io.risefall.app.process.SupervisedChild;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealParts
class EmbeddedKafkaTest {
    private static final String TOPIC = "memories";
    /** As often as usually, with shorter pauses. */
    private static final SupervisedChild.RestartPolicy SOON =
            new SupervisedChild.RestartPolicy(Duration.ofMillis(50), Duration.ofMillis(200), 4);

    @TempDir
    Path data;

    @Test
    void keepsItsDataAndItsPortOverAStop() throws Exception {
        String first;
        try (EmbeddedKafka kafka = new EmbeddedKafka(data)) {
            kafka.start();
            first = kafka.bootstrapServers();
            createTopic(kafka);
            write(kafka, "one");
            assertThat(read(kafka, 1)).containsExactly("one");
        }
        try (EmbeddedKafka kafka = new EmbeddedKafka(data)) {
            kafka.start();
            assertThat(kafka.bootstrapServers()).isEqualTo(first);
            write(kafka, "two");
            assertThat(read(kafka, 2)).containsExactly("one", "two");
            assertThat(kafka.failed()).isNotDone();
        }
        assertThat(data.resolve("logs/kafka.log")).exists();
    }

    @Test
    void keepsItsDataOverKillNine() throws Exception {
        try (EmbeddedKafka kafka = new EmbeddedKafka(data)) {
            kafka.start();
            String address = kafka.bootstrapServers();
            createTopic(kafka);
            write(kafka, "one");
            for (String value : List.of("two", "three")) {
                ProcessHandle killed = ProcessHandle.of(kafka.pid()).orElseThrow();
                killed.destroyForcibly();
                killed.onExit().get(180, TimeUnit.SECONDS);
                // Waits until it is back, at the same address.
                write(kafka, value);
            }
            assertThat(read(kafka, 3)).containsExactly("one", "two", "three");
            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            assertThat(kafka.failed()).isNotDone();
        }
    }

    @Test
    void whatCannotStartAgainFails() throws Exception {
        try (EmbeddedKafka kafka = new EmbeddedKafka(data, SOON)) {
            kafka.start();
            Files.writeString(data.resolve("kafka/meta.properties"), "version=99\nnode.id=1\n");
            ProcessHandle.of(kafka.pid()).orElseThrow().destroyForcibly();
            assertThatThrownBy(() -> kafka.failed().get(100, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("the Kafka broker could not start in " + data.resolve("kafka") + ": ")
                    .hasMessageContaining(data.resolve("logs/kafka.log").toString());
        }
    }

    @Test
    void takesAnotherPortWhenItsOwnIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                EmbeddedKafka kafka = new EmbeddedKafka(data)) {
            Files.createDirectories(data.resolve("kafka"));
            Files.writeString(EmbeddedKafka.portFile(data), Integer.toString(other.getLocalPort()));
            kafka.start();
            assertThat(kafka.bootstrapServers()).isNotEqualTo("127.0.0.1:" + other.getLocalPort());
            assertThat(Files.readString(EmbeddedKafka.portFile(data)).strip())
                    .isEqualTo(kafka.bootstrapServers().substring("127.0.0.1:".length()));
        }
    }

    @Test
    void letsInWhoeverHasItsSecretAndNobodyElse() throws Exception {
        try (EmbeddedKafka kafka = new EmbeddedKafka(data)) {
            kafka.start();
            String servers = kafka.bootstrapServers();
            assertThat(clusterOf(kafka.address())).isNotEmpty();
            assertThat(clusterOf(EmbeddedKafka.address(data, servers))).isNotEmpty();

            Map<String, String> guessed = new HashMap<>(kafka.address().access());
            guessed.compute("sasl.jaas.config", (name, jaas) -> jaas.replaceAll("password=\"..", "password=\"zz"));
            assertThatThrownBy(() -> clusterOf(new KafkaAddress(servers, guessed)))
                    .hasRootCauseInstanceOf(SaslAuthenticationException.class);
            assertThatThrownBy(() -> clusterOf(KafkaAddress.of(servers)))
                    .as("without any credential there is no answer")
                    .hasCauseInstanceOf(TimeoutException.class);
        }
        assertThat(data.resolve("kafka/secret")).satisfies(EmbeddedKafkaTest::isForItsOwner);
        assertThat(data.resolve("kafka/client.properties")).satisfies(EmbeddedKafkaTest::isForItsOwner);
    }

    private static String clusterOf(KafkaAddress address) throws Exception {
        Map<String, Object> config = address.clientProperties();
        config.put("default.api.timeout.ms", 3000);
        config.put("request.timeout.ms", 3000);
        try (Admin admin = Admin.create(config)) {
            return admin.describeCluster().clusterId().get();
        }
    }

    private static void isForItsOwner(Path file) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void saysWhyItCannotStart() throws Exception {
        Files.createDirectories(data.resolve("kafka"));
        Files.writeString(data.resolve("kafka/meta.properties"), "version=99\nnode.id=1\n");
        EmbeddedKafka kafka = new EmbeddedKafka(data);
        assertThatThrownBy(kafka::start)
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("the Kafka broker could not start in " + data.resolve("kafka") + ": ")
                .hasMessageContaining("99");
        kafka.close();
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(kafka.address().clientProperties())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void write(EmbeddedKafka kafka, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                kafka.address().clientProperties(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, value)).get();
        }
    }

    private static List<String> read(EmbeddedKafka kafka, int count) {
        List<String> values = new ArrayList<>();
        Map<String, Object> config = kafka.address().clientProperties();
        config.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            while (values.size() < count) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
