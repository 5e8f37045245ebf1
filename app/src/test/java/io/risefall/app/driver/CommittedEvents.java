package io.risefall.app.driver;

import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.json.JsonSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The events that a Kafka holds and that whoever reads only what is committed sees. */
public final class CommittedEvents {
    private CommittedEvents() {}

    /** The servers that they are about, in the order of partitions and offsets. */
    public static List<String> servers(KafkaAddress kafka) {
        Map<String, Object> config = kafka.clientProperties();
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "earliest");
        List<String> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(Topics.EVENTS.topic()).stream()
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    HealthEvent event = JsonSerde.of(HealthEvent.class).deserialize(record.topic(), record.value());
                    found.add(event.message().serverName().server());
                }
            }
        }
        return found;
    }
}
