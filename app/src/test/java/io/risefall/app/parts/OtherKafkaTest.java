package io.risefall.app.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.risefall.app.driver.BrokerPart;
import io.risefall.app.driver.PartsInstallation;
import io.risefall.query.warehouse.AcceptedGaps;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.WarehouseException;
import io.risefall.query.warehouse.WarehouseWriter;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.suite.RealParts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warehouse whose Kafka has lost what it had not read, was replaced, or is away; against real brokers. */
@RealParts
class OtherKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String EVENTS = Topics.EVENTS.topic();
    private static final TopicPartition ZERO = new TopicPartition(EVENTS, 0);

    @TempDir
    Path temp;

    private BrokerPart broker;

    @BeforeEach
    void choosePort() throws Exception {
        broker = new BrokerPart(temp.resolve("kafka"), PartsInstallation.freePort());
    }

    @Test
    void recordsThatExpiredUnreadAreNamedAndGoneWithoutOnlyWhenAccepted() throws Exception {
        begin(broker);
        try (Warehouse warehouse = warehouse();
                Admin admin = Admin.create(broker.address().clientProperties())) {
            read(warehouse, 3);
            publish(broker.address(), 5);
            admin.deleteRecords(Map.of(ZERO, RecordsToDelete.beforeOffset(6)))
                    .all()
                    .get();

            refuses(warehouse, "deleted records", EVENTS + ", partition 0, offsets from 3 to 5", "--accept-gap");
            assertThat(warehouse.nextOffsets()).containsEntry(ZERO, 3L);

            assertThat(AcceptedGaps.accept(warehouse, broker.address())).hasSize(1);
            read(warehouse, 8);
            assertThat(gaps(warehouse)).containsExactly(EVENTS + " 0 3 6 expired");
            assertThat(AcceptedGaps.accept(warehouse, broker.address())).isEmpty();
        } finally {
            broker.stop();
        }
    }

    @Test
    void aTopicMadeAgainWhileItIsReadEndsTheReading() throws Exception {
        begin(broker);
        try (Warehouse warehouse = warehouse();
                Admin admin = Admin.create(broker.address().clientProperties());
                WarehouseWriter writer = new WarehouseWriter(warehouse, broker.address())) {
            writer.start();
            assertThat(writer.await(Map.of(ZERO, 3L), PATIENCE)).isTrue();
            admin.deleteTopics(List.of(EVENTS)).all().get();
            await().atMost(PATIENCE)
                    .until(() -> !admin.listTopics().names().get().contains(EVENTS));
            broker.createTopics(1);
            publish(broker.address(), 9);

            await().atMost(PATIENCE).until(() -> writer.failed().isCompletedExceptionally());
            assertThatThrownBy(() -> writer.failed().join())
                    .hasCauseInstanceOf(WarehouseException.class)
                    .hasMessageContaining("deleted and created again")
                    .hasMessageContaining(EVENTS + ", partition 0, offsets from ");
        } finally {
            broker.stop();
        }
    }

    @Test
    void anotherKafkaIsRefusedUntilItIsAcceptedAndThenReadFromItsBeginning() throws Exception {
        begin(broker);
        BrokerPart other = new BrokerPart(temp.resolve("other"), PartsInstallation.freePort());
        try (Warehouse warehouse = warehouse()) {
            read(warehouse, 3);
            broker.stop();
            broker = other;
            begin(broker);
            publish(broker.address(), 4);

            refuses(warehouse, "is not the one that this warehouse was filled from", "offsets from 3 on");

            AcceptedGaps.accept(warehouse, broker.address());
            read(warehouse, 7);
            assertThat(gaps(warehouse)).containsExactly(EVENTS + " 0 3 null other_cluster");
        } finally {
            broker.stop();
        }
    }

    @Test
    void aKafkaThatIsAwayIsWaitedForFromTheFirstMomentAndAgainLater() throws Exception {
        try (Warehouse warehouse = warehouse();
                WarehouseWriter writer = new WarehouseWriter(warehouse, broker.address())) {
            writer.start();
            assertThat(writer.state().awaySince()).isNotNull();

            begin(broker);
            assertThat(writer.await(Map.of(ZERO, 3L), PATIENCE)).isTrue();
            assertThat(writer.state().awaySince()).isNull();

            broker.kill();
            await().atMost(PATIENCE).until(() -> writer.state().awaySince() != null);
            assertThat(count(warehouse)).isZero();

            broker.start();
            publish(broker.address(), 2);
            assertThat(writer.await(Map.of(ZERO, 5L), PATIENCE)).isTrue();
            await().atMost(PATIENCE).until(() -> writer.state().behind().get(ZERO) == 0);
            assertThat(writer.failed()).isNotDone();
        } finally {
            broker.stop();
        }
    }

    private Warehouse warehouse() {
        return Warehouse.open(temp.resolve("w.duckdb"), ZoneOffset.UTC);
    }

    /** With topics, and three records. */
    private static void begin(BrokerPart broker) throws Exception {
        broker.start();
        broker.createTopics(1);
        publish(broker.address(), 3);
    }

    /** Records that are nobody's JSON: they are skipped, and their offsets are kept. */
    private static void publish(KafkaAddress kafka, int count) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int n = 0; n < count; n++) {
                byte[] value = "?".getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(EVENTS, 0, value, value)).get();
            }
        }
    }

    private void read(Warehouse warehouse, long until) throws Exception {
        try (WarehouseWriter writer = new WarehouseWriter(warehouse, broker.address())) {
            writer.start();
            assertThat(writer.await(Map.of(ZERO, until), PATIENCE)).isTrue();
        }
    }

    private void refuses(Warehouse warehouse, String... words) {
        try (WarehouseWriter writer = new WarehouseWriter(warehouse, broker.address())) {
            assertThatThrownBy(writer::start)
                    .isInstanceOf(WarehouseException.class)
                    .message()
                    .contains(Arrays.asList(words));
        }
    }

    private static List<String> gaps(Warehouse warehouse) throws Exception {
        List<String> gaps = new ArrayList<>();
        try (Connection views = warehouse.read();
                Statement statement = views.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select topic || ' ' || partition || ' ' || from_offset || ' ' || coalesce(to_offset::varchar,"
                                + " 'null') || ' ' || reason from gaps order by all")) {
            while (rows.next()) {
                gaps.add(rows.getString(1));
            }
        }
        return gaps;
    }

    private static long count(Warehouse warehouse) throws Exception {
        try (Connection views = warehouse.read();
                Statement statement = views.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from events")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
