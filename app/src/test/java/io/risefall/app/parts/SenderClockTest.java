package io.risefall.app.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.app.driver.BrokerPart;
import io.risefall.app.driver.PartsInstallation;
import io.risefall.schemas.Topics;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent by a host whose clock is wrong gets through, and is kept as long as all else. */
@RealParts
class SenderClockTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long AHEAD = Duration.ofHours(3).toMillis();
    private static final long BEHIND = -Duration.ofDays(400).toMillis();

    @TempDir
    Path temp;

    private BrokerPart broker;

    @BeforeEach
    void start() throws Exception {
        broker = new BrokerPart(temp.resolve("kafka"), PartsInstallation.freePort());
        broker.start();
    }

    @AfterEach
    void stop() throws Exception {
        broker.stop();
    }

    @Test
    void topicsTakeWhatIsStampedWrong() throws Exception {
        broker.createTopics(1);
        for (Topics topic : Topics.values()) {
            assertThat(isStampedByKafka(topic, AHEAD)).as(topic + " ahead").isTrue();
            assertThat(isStampedByKafka(topic, BEHIND)).as(topic + " behind").isTrue();
        }
    }

    @Test
    void topicsOfAnOlderBuildDoSoOnceTheyAreSeen() throws Exception {
        List<NewTopic> old = Topics.createAll(1, (short) 1);
        old.forEach(topic -> topic.configs().remove(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG));
        try (Admin admin = Admin.create(broker.address().clientProperties())) {
            admin.createTopics(old).all().get();
        }
        broker.createTopics(1);
        for (Topics topic : Topics.values()) {
            // The broker learns of a setting a moment after it has taken it.
            await().atMost(PATIENCE).ignoreExceptions().until(() -> isStampedByKafka(topic, AHEAD));
        }
    }

    private boolean isStampedByKafka(Topics topic, long offset) throws Exception {
        long sent = System.currentTimeMillis() + offset;
        Map<String, Object> properties = broker.address().clientProperties();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] some = {'x'};
            long stamp = producer.send(new ProducerRecord<>(topic.topic(), 0, sent, some, some))
                    .get()
                    .timestamp();
            return Math.abs(stamp - sent) > Math.abs(offset) / 2;
        }
    }
}
