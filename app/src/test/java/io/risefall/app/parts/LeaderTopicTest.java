package io.risefall.app.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.app.driver.BrokerPart;
import io.risefall.app.driver.PartsInstallation;
import io.risefall.app.kafka.TopicsSetup;
import io.risefall.query.leader.Leadership;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.suite.RealParts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What others have written to the topic of the leader stops nobody from leading, is told, and hides as little as can be. */
@RealParts
@Timeout(600)
class LeaderTopicTest {
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final TopicPartition TOPIC = new TopicPartition("risefall-serve-changelog", 0);
    private static final String ALERTS = "select alert_id from store.alerts order by all";

    @TempDir
    Path temp;

    private KafkaAddress kafka;

    @Test
    void foreignRecordsAreSkippedAndToldAndThoseOfANewerBuildAreWaitedFor() throws Exception {
        BrokerPart broker = new BrokerPart(temp.resolve("broker"), PartsInstallation.freePort());
        try {
            broker.start();
            broker.createTopics(1);
            kafka = broker.address();
            try (Warehouse first = warehouse("first")) {
                execute(first, alert("a1"));
                execute(first, alert("a2"));
                execute(first, "insert into store.schedules values ('day UTC', 'ops', now())");
                try (Leadership leadership = leadership(first)) {
                    awaitLeads(leadership);
                    assertThat(leadership.role().remarks()).isEmpty();
                }
            }
            assertThat(audit()).isEmpty();

            writeForeignRecords();
            assertThat(audit())
                    .singleElement()
                    .asString()
                    .startsWith("cleanup.policy is delete, and must be compact: else what was sent is forgotten");

            try (Warehouse second = warehouse("second");
                    Leadership leadership = leadership(second)) {
                awaitLeads(leadership);
                assertThat(leadership.foreignRecords()).isEqualTo(7);
                assertThat(leadership.role().remarks())
                        .satisfiesExactly(
                                policy -> assertThat(policy)
                                        .startsWith("risefall-serve-changelog: cleanup.policy is delete"),
                                foreign -> assertThat(foreign)
                                        .startsWith("risefall-serve-changelog: 7 foreign records skipped, the last at"
                                                + " partition 0, offset ")
                                        .contains("the value of schedules/new lacks what its table needs")
                                        .endsWith("only serve may"));
                assertThat(leadership.failures()).isZero();
                assertThat(rows(second, ALERTS)).containsExactly("a1", "a2");
                assertThat(rows(second, "select report from store.schedules")).containsExactly("day UTC");
            }
            Map<String, String> healed = latest();
            assertThat(healed.get("alerts/a1")).contains("\"alert_id\":\"a1\"");
            assertThat(healed.get("schedules/day UTC")).contains("\"receiver\":\"ops\"");
            assertThat(healed.get("alerts/a3")).as("no serve knows of it").isNull();

            write("alerts/a2", "in a new way", "2");
            try (Warehouse third = warehouse("third");
                    Leadership leadership = leadership(third)) {
                leadership.start();
                await().atMost(PATIENCE).until(() -> leadership.role().problem() != null);
                assertThat(leadership.role().leads()).isFalse();
                assertThat(leadership.role().problem()).contains("offset ", "is of a newer build");
            }
        } finally {
            broker.stop();
        }
    }

    /** An error in what it leads ends it, so that another one can lead. */
    @Test
    void anErrorEndsTheOneThatLeads() throws Exception {
        BrokerPart broker = new BrokerPart(temp.resolve("broker"), PartsInstallation.freePort());
        try {
            broker.start();
            broker.createTopics(1);
            kafka = broker.address();
            try (Warehouse first = warehouse("first");
                    Leadership broken = new Leadership(kafka, "broken", first::read, log -> {
                        throw new NoClassDefFoundError("io/risefall/Gone");
                    });
                    Warehouse second = warehouse("second");
                    Leadership other = leadership(second)) {
                broken.start();
                await().atMost(PATIENCE).until(() -> broken.ended().isCompletedExceptionally());
                assertThat(broken.ended()
                                .handle((nothing, why) -> why.getMessage())
                                .join())
                        .isEqualTo("the thread that leads or stands by (leadership) ended:"
                                + " java.lang.NoClassDefFoundError: io/risefall/Gone");
                assertThat(broken.role().leads()).isFalse();
                awaitLeads(other);
            }
        } finally {
            broker.stop();
        }
    }

    private Warehouse warehouse(String name) {
        return Warehouse.open(temp.resolve(name + ".duckdb"), ZoneOffset.UTC, null);
    }

    private Leadership leadership(Warehouse warehouse) {
        return new Leadership(kafka, "one", warehouse::read, log -> () -> {});
    }

    private static void awaitLeads(Leadership leadership) {
        leadership.start();
        await().atMost(PATIENCE).until(() -> leadership.role().leads());
    }

    private static String alert(String id) {
        return "insert into store.alerts (alert_id, state, sequence, started_at, flapping) values ('" + id
                + "', 'open', 1, now(), false)";
    }

    /** A compacted topic takes no record without a key. */
    private void writeForeignRecords() throws Exception {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC.topic());
            Collection<AlterConfigOp> delete =
                    List.of(new AlterConfigOp(new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET));
            admin.incrementalAlterConfigs(Map.of(topic, delete)).all().get();
        }
        write(null, "hello", null);
        write("greeting", "hello", null);
        write("alerts/a1", "not JSON", null);
        write("alerts/a3", "{}", null);
        write("alerts/a2", "[{\"alert_id\": \"a1\"}]", null);
        write("schedules/day UTC", "[{}]", null);
        write("schedules/new", "[{\"report\": \"new\", \"receiver\": \"ops\", \"since_at\": \"never\"}]", null);
    }

    private void write(@Nullable String key, String value, @Nullable String format) throws Exception {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka.clientProperties(), new StringSerializer(), new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(TOPIC.topic(), TOPIC.partition(), key, value.getBytes(StandardCharsets.UTF_8));
            if (format != null) {
                record.headers().add("risefall-format", format.getBytes(StandardCharsets.UTF_8));
            }
            producer.send(record).get();
        }
    }

    /** The last value of each key; null: a tombstone. */
    private Map<String, String> latest() {
        Map<String, String> latest = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(kafka.clientProperties(), new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(TOPIC));
            consumer.seekToBeginning(List.of(TOPIC));
            long end = consumer.endOffsets(List.of(TOPIC)).get(TOPIC);
            while (consumer.position(TOPIC) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    byte[] value = record.value();
                    latest.put(record.key(), value == null ? null : new String(value, StandardCharsets.UTF_8));
                }
            }
        }
        return latest;
    }

    private List<String> audit() throws InterruptedException {
        try (TopicsSetup topics = new TopicsSetup(kafka)) {
            return topics.audit().get(TOPIC.topic());
        }
    }

    private static List<String> rows(Warehouse warehouse, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = warehouse.read();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    private static void execute(Warehouse warehouse, String sql) throws SQLException {
        try (Connection connection = warehouse.read();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
