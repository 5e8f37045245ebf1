package io.risefall.app.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import io.risefall.schemas.suite.RealParts;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.store.BeforeCommit;
import io.risefall.streams.store.Names;
import io.risefall.streams.store.PendingReplay;
import io.risefall.streams.store.StateStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Objects that streams' stores hold in memory are in their changelog whenever Kafka Streams commits, by whatever way it comes to
 * that, and never when it aborts. So are records that wait for the commit on their topic.
 */
@RealParts
class ObjectStoreCommitTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration NEVER = Duration.ofMinutes(10);
    private static final int PARTITIONS = 2;
    private static final String COMMIT = "commit";
    private static final String FAIL = "fail";

    @TempDir
    static Path kafkaDir;

    private static EmbeddedKafka kafka;

    @TempDir
    Path folder;

    private final String application = "a" + UUID.randomUUID();
    private final ConcurrentLinkedQueue<String> before = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean failed = new AtomicBoolean();

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = new EmbeddedKafka(kafkaDir);
        kafka.start();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void createTopic() throws Exception {
        try (Admin admin = Admin.create(kafka.address().clientProperties())) {
            admin.createTopics(List.of(
                            new NewTopic(application, PARTITIONS, (short) 1),
                            new NewTopic(outputTopic(), 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    @Test
    void aCommitThatTheProcessorAsksFor() throws Exception {
        try (KafkaStreams streams = start("one", NEVER)) {
            send(0, "a", "1");
            send(0, "b", COMMIT);
            await().atMost(PATIENCE).until(() -> committed().get("a"), "1"::equals);
            assertThat(forwarded()).containsExactly("a is 1");
        }
    }

    @Test
    void aCommitAfterTheCommitInterval() throws Exception {
        try (KafkaStreams streams = start("one", Duration.ofMillis(50))) {
            send(0, "a", "1");
            await().atMost(PATIENCE).until(() -> committed().get("a"), "1"::equals);
            assertThat(forwarded()).containsExactly("a is 1");
        }
    }

    @Test
    void aCommitBeforeItCloses() throws Exception {
        try (KafkaStreams streams = start("one", NEVER)) {
            send(0, "a", "1");
            awaitProcessed(1);
            assertThat(committed()).isEmpty();
        }
        assertThat(committed()).containsEntry("a", "1");
        assertThat(forwarded()).containsExactly("a is 1");
    }

    @Test
    void aCommitBeforeAPartitionIsHandedOver() throws Exception {
        try (KafkaStreams one = start("one", NEVER)) {
            send(0, "a", "1");
            send(1, "b", "2");
            awaitProcessed(2);
            try (KafkaStreams two = start("two", NEVER)) {
                await().atMost(PATIENCE)
                        .until(() -> two.metadataForLocalThreads().stream()
                                .anyMatch(thread -> !thread.activeTasks().isEmpty()));
                send(0, "a", "3");
                send(1, "b", "4");
                awaitProcessed(4);
                assertThat(before).containsExactlyInAnyOrder("a was null", "b was null", "a was 1", "b was 2");
                assertThat(forwarded()).contains("a is 1", "b is 2");
            }
        }
    }

    @Test
    void nothingOfAnAbortedTransactionIsKept() throws Exception {
        try (KafkaStreams streams = start("one", NEVER)) {
            send(0, "a", "1");
            send(0, "b", COMMIT);
            await().atMost(PATIENCE).until(() -> committed().get("a"), "1"::equals);
            send(0, "a", "2");
            send(0, "c", FAIL);
            send(0, "d", COMMIT);
            await().atMost(PATIENCE).until(() -> committed().get("a"), "2"::equals);
            assertThat(failed).isTrue();
            assertThat(before)
                    .filteredOn(one -> one.startsWith("a"))
                    .containsExactly("a was null", "a was 1", "a was 1");
            assertThat(forwarded()).containsExactly("a is 1", "a is 2");
        }
    }

    private KafkaStreams start(String name, Duration commitInterval) {
        Properties properties = new Properties();
        properties.putAll(kafka.address().clientProperties());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve(name).toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 900_000);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // Kafka waits for a thread that has failed as for one that may come back: 45 s by default; and tells of a new
        // member by
        // the answer to a sign of life, which comes every 3 s by default.
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 300);
        KafkaStreams streams = new KafkaStreams(topology(), properties);
        streams.setUncaughtExceptionHandler(problem -> StreamThreadExceptionResponse.REPLACE_THREAD);
        streams.start();
        return streams;
    }

    private Topology topology() {
        Topology topology = new Topology();
        topology.addSource("read", new StringDeserializer(), new StringDeserializer(), application);
        topology.addProcessor("keep", Keeper::new, "read");
        topology.addStateStore(builder(Names.CORRECTIONS), "keep");
        topology.addStateStore(builder(Names.BEFORE_COMMIT), "keep");
        topology.addSink("write", outputTopic(), new StringSerializer(), new StringSerializer(), "keep");
        return topology;
    }

    private static StoreBuilder<?> builder(String name) {
        return StateStores.builders().stream()
                .filter(store -> store.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String outputTopic() {
        return application + "-output";
    }

    /** Keeps the last value of each key, and forwards it before the commit. */
    private final class Keeper implements Processor<String, String, String, String> {
        private final Map<String, String> unsent = new LinkedHashMap<>();
        private ProcessorContext<String, String> context;
        private KeyValueStore<String, PendingReplay> store;

        @Override
        public void init(ProcessorContext<String, String> of) {
            context = of;
            store = context.getStateStore(Names.CORRECTIONS);
            BeforeCommit beforeCommit = context.getStateStore(Names.BEFORE_COMMIT);
            beforeCommit.run(this::forward, context);
        }

        private void forward() {
            unsent.forEach((key, value) -> context.forward(new Record<>(key, value, context.currentSystemTimeMs())));
            unsent.clear();
        }

        @Override
        public void process(Record<String, String> record) {
            if (record.value().equals(COMMIT)) {
                context.commit();
            } else if (record.value().equals(FAIL)) {
                if (!failed.getAndSet(true)) {
                    throw new IllegalStateException("fails once");
                }
            } else {
                PendingReplay old = store.get(record.key());
                store.put(record.key(), PendingReplay.whole(TrackedEntity.backend(record.value(), "app")));
                unsent.put(record.key(), record.value());
                before.add(record.key() + " was " + (old == null ? null : old.node()));
            }
        }
    }

    private void send(int partition, String key, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                kafka.address().clientProperties(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(application, partition, key, value))
                    .get();
        }
    }

    private void awaitProcessed(int records) {
        await().atMost(PATIENCE).until(() -> before.size() >= records);
    }

    /** What the changelog has, of committed transactions. */
    private Map<String, String> committed() {
        Map<String, String> values = new HashMap<>();
        read(
                application + "-" + Names.CORRECTIONS + "-changelog",
                record -> values.put(record.key(), node(record.value())));
        return values;
    }

    /** What was forwarded, in committed transactions. */
    private List<String> forwarded() {
        List<String> values = new ArrayList<>();
        read(
                outputTopic(),
                record -> values.add(record.key() + " is " + new String(record.value(), StandardCharsets.UTF_8)));
        return values;
    }

    private void read(String topic, Consumer<ConsumerRecord<String, byte[]>> to) {
        Map<String, Object> properties = new HashMap<>(kafka.address().clientProperties());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().getOrDefault(topic, List.of()).stream()
                    .map(one -> new TopicPartition(topic, one.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(50)).forEach(to);
            }
        }
    }

    /** Behind the version of the format. */
    private static String node(byte[] value) {
        try {
            return new SmileMapper()
                    .readTree(value, 1, value.length - 1)
                    .get("node")
                    .textValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
