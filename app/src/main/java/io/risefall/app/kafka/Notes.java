package io.risefall.app.kafka;

import io.risefall.app.process.CommandException;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.note.Note;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes notes to their topic. */
public final class Notes {
    /** A person waits. */
    private static final int LIMIT_MILLIS = 10_000;

    private Notes() {}

    /** Returns when Kafka has stored it. */
    public static void publish(KafkaAddress kafka, Note note) throws InterruptedException {
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
            String topic = Topics.NOTES.topic();
            int partitions = producer.partitionsFor(topic).size();
            producer.send(new ProducerRecord<>(
                            topic,
                            Topics.partitionOfKey(note.key(), partitions),
                            note.key().getBytes(StandardCharsets.UTF_8),
                            JsonSerde.of(Note.class).serialize(topic, note)))
                    .get();
        } catch (ExecutionException e) {
            throw new CommandException("cannot write the note to " + kafka + ": " + CommandException.reason(e), e);
        }
    }
}
