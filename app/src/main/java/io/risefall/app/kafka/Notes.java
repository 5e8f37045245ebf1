package io.risefall.app.kafka;

import io.risefall.app.process.CommandException;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.event.EventJson;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.note.AlertSilence;
import io.risefall.schemas.note.Note;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes what people note, or have HAProxy told, to its topic. */
public final class Notes {
    /** A person waits. */
    private static final int LIMIT_MILLIS = 10_000;

    private Notes() {}

    /** Returns when Kafka has stored it. */
    public static void publish(KafkaAddress kafka, Note note) throws InterruptedException {
        byte[] value = JsonSerde.of(Note.class).serialize(Topics.NOTES.topic(), note);
        publish(
                kafka,
                kafka.names().of(Topics.NOTES),
                Collections.singletonMap(note.key(), value).entrySet());
    }

    /**
     * Returns when Kafka has stored them.
     *
     * @return where each partition that they are in goes on
     */
    public static Map<TopicPartition, Long> publish(KafkaAddress kafka, List<AlertSilence> silences)
            throws InterruptedException {
        JsonSerde<AlertSilence> json = JsonSerde.of(AlertSilence.class);
        Map<String, byte @Nullable []> values = new LinkedHashMap<>();
        silences.forEach(silence -> values.put(silence.key(), json.serialize(Topics.SILENCES.topic(), silence)));
        return publish(kafka, kafka.names().of(Topics.SILENCES), values.entrySet());
    }

    /** What HAProxy told of its servers. Returns when Kafka has stored it. */
    public static void publishTold(KafkaAddress kafka, List<HealthEvent> told) throws InterruptedException {
        EventJson json = new EventJson();
        List<Map.Entry<String, byte @Nullable []>> values = new ArrayList<>();
        told.forEach(event -> values.add(Map.entry(event.key().toString(), json.bytes(event))));
        publish(kafka, kafka.names().of(Topics.EVENTS), values);
    }

    private static Map<TopicPartition, Long> publish(
            KafkaAddress kafka, String topic, Collection<Map.Entry<String, byte @Nullable []>> values)
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
            List<Future<RecordMetadata>> stored = new ArrayList<>();
            values.forEach(value -> stored.add(producer.send(new ProducerRecord<>(
                    topic,
                    Topics.partitionOfKey(value.getKey(), partitions),
                    value.getKey().getBytes(StandardCharsets.UTF_8),
                    value.getValue()))));
            Map<TopicPartition, Long> next = new HashMap<>();
            for (Future<RecordMetadata> one : stored) {
                RecordMetadata at = one.get();
                next.merge(kafka.names().own(new TopicPartition(topic, at.partition())), at.offset() + 1, Math::max);
            }
            return next;
        } catch (ExecutionException e) {
            throw new CommandException(
                    "cannot write to topic " + topic + " of " + kafka + ": " + CommandException.reason(e), e);
        }
    }
}
