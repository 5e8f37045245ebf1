package io.risefall.app.kafka;

import io.risefall.app.process.CommandException;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.note.AlertSilence;
import io.risefall.schemas.note.Note;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes what people note to its topic. */
public final class Notes {
    /** A person waits. */
    private static final int LIMIT_MILLIS = 10_000;

    private Notes() {}

    /** Returns when Kafka has stored it. */
    public static void publish(KafkaAddress kafka, Note note) throws InterruptedException {
        publish(
                kafka,
                Topics.NOTES.topic(),
                note.key(),
                JsonSerde.of(Note.class).serialize(Topics.NOTES.topic(), note));
    }

    /** Returns when Kafka has stored it. */
    public static void publish(KafkaAddress kafka, AlertSilence silence) throws InterruptedException {
        publish(
                kafka,
                Topics.SILENCES.topic(),
                silence.key(),
                JsonSerde.of(AlertSilence.class).serialize(Topics.SILENCES.topic(), silence));
    }

    private static void publish(KafkaAddress kafka, String topic, String key, byte @Nullable [] value)
            throws InterruptedException {
        try (TopicsSetup topics = new TopicsSetup(kafka)) {
            // Else the broker may make a topic with settings of its own.
            topics.check();
        }
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, LIMIT_MILLIS / 2);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, LIMIT_MILLIS);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LIMIT_MILLIS);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            int partitions = producer.partitionsFor(topic).size();
            producer.send(new ProducerRecord<>(
                            topic, Topics.partitionOfKey(key, partitions), key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (ExecutionException e) {
            throw new CommandException(
                    "cannot write to topic " + topic + " of " + kafka + ": " + CommandException.reason(e), e);
        }
    }
}
