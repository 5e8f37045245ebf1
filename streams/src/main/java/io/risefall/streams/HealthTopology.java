package io.risefall.streams;

import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.TopicNames;
import io.risefall.schemas.event.EventReader;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.state.Absence;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.processor.TrackHealth;
import io.risefall.streams.store.Names;
import io.risefall.streams.store.StateStores;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Events to states, rollups and flapping. There is one processor, because the three follow from one state. */
final class HealthTopology {
    private HealthTopology() {}

    static Topology build(Rules rules, TopicNames names) {
        return build(rules, names, TrackHealth.CHECKPOINT_EVERY, System::nanoTime);
    }

    static Topology build(Rules rules, TopicNames names, int checkpointEvery, LongSupplier nanoTime) {
        Topology topology = new Topology();
        topology.addSource(Names.READ_EVENTS, new StringDeserializer(), new EventReader(), names.of(Topics.EVENTS));
        topology.addSource(
                Names.READ_SIGNS,
                new StringDeserializer(),
                JsonSerde.of(ProcessActivity.class),
                names.of(Topics.SIGNS));
        topology.addSource(
                Names.READ_ABSENCES, new StringDeserializer(), JsonSerde.of(Absence.class), names.of(Topics.ABSENCES));
        topology.addProcessor(
                Names.TRACK_HEALTH,
                () -> new TrackHealth(rules, checkpointEvery, nanoTime),
                Names.READ_EVENTS,
                Names.READ_SIGNS,
                Names.READ_ABSENCES);
        StateStores.builders().forEach(store -> topology.addStateStore(store, Names.TRACK_HEALTH));
        sink(topology, Names.WRITE_STATES, names.of(Topics.STATES));
        sink(topology, Names.WRITE_ROLLUPS, names.of(Topics.ROLLUPS));
        sink(topology, Names.WRITE_FLAPPING, names.of(Topics.FLAPPING));
        return topology;
    }

    private static void sink(Topology topology, String name, String topic) {
        topology.addSink(
                name,
                topic,
                new StringSerializer(),
                new ByteArraySerializer(),
                (StreamPartitioner<String, byte[]>) HealthTopology::partition,
                Names.TRACK_HEALTH);
    }

    /** By node, as {@link Topics#partition}: every key begins with it. */
    private static Optional<Set<Integer>> partition(String topic, String key, byte[] value, int partitions) {
        return Optional.of(Set.of(Topics.partitionOfKey(key, partitions)));
    }
}
