package io.risefall.app.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a kill, a transaction that was ended without telling a partition blocks nobody, and an open one is let alone. */
@RealParts
class HangingTransactionsTest {
    private static final TopicPartition LEFT = new TopicPartition("left", 0);
    private static final TopicPartition BUSY = new TopicPartition("busy", 0);

    @TempDir
    Path data;

    @TempDir
    Path kept;

    @Test
    void oneThatItsPartitionWasNotToldOfIsAborted() throws Exception {
        Path partition = data.resolve("kafka").resolve(LEFT.toString());
        try (EmbeddedKafka kafka = new EmbeddedKafka(data)) {
            kafka.start();
            createTopics(kafka);
            try (KafkaProducer<String, String> producer = producer(kafka, "one")) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(LEFT.topic(), "never ended"));
                producer.flush();
                kill(kafka, () -> copy(partition, kept.resolve("partition")));
                // The coordinator ends what a producer of the same name has left, and tells the partition.
                try (KafkaProducer<String, String> next = producer(kafka, "one")) {
                    next.initTransactions();
                    send(next, LEFT, "after it");
                }
                assertThat(read(kafka, LEFT, 1)).containsExactly("after it");
            }
        }
        // As if it had not been told, nor of anything later.
        delete(partition);
        copy(kept.resolve("partition"), partition);
        Files.delete(data.resolve("kafka/.kafka_cleanshutdown"));
        try (EmbeddedKafka kafka = new EmbeddedKafka(data)) {
            kafka.start();
            try (KafkaProducer<String, String> busy = producer(kafka, "two");
                    KafkaProducer<String, String> producer = producer(kafka, "three")) {
                busy.initTransactions();
                busy.beginTransaction();
                busy.send(new ProducerRecord<>(BUSY.topic(), "under way"));
                busy.flush();
                producer.initTransactions();
                send(producer, LEFT, "at last");
                assertThat(read(kafka, LEFT, 1)).containsExactly("at last");
                busy.commitTransaction();
                assertThat(read(kafka, BUSY, 1)).containsExactly("under way");
            }
        }
        assertThat(Files.readString(data.resolve("logs/kafka.log")))
                .containsOnlyOnce("aborts a transaction")
                .contains("partition=" + LEFT);
    }

    private static void createTopics(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(kafka.address().clientProperties())) {
            admin.createTopics(
                            List.of(new NewTopic(LEFT.topic(), 1, (short) 1), new NewTopic(BUSY.topic(), 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static KafkaProducer<String, String> producer(EmbeddedKafka kafka, String transactionalId) {
        Map<String, Object> config = kafka.address().clientProperties();
        config.put("transactional.id", transactionalId);
        config.put("max.block.ms", 60_000);
        return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    private static void send(KafkaProducer<String, String> producer, TopicPartition to, String value) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(to.topic(), value));
        producer.commitTransaction();
    }

    /** The first committed values. */
    private static List<String> read(EmbeddedKafka kafka, TopicPartition partition, int count) {
        Map<String, Object> config = kafka.address().clientProperties();
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "earliest");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            while (values.size() < count) {
                consumer.poll(Duration.ofSeconds(1)).forEach(read -> values.add(read.value()));
            }
        }
        return values;
    }

    private interface Meanwhile {
        void run() throws IOException;
    }

    private static void kill(EmbeddedKafka kafka, Meanwhile meanwhile) throws Exception {
        ProcessHandle killed = ProcessHandle.of(kafka.pid()).orElseThrow();
        killed.destroyForcibly();
        killed.onExit().get(180, TimeUnit.SECONDS);
        meanwhile.run();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
