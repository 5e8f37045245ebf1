package io.risefall.streams;

import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.TopicNames;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.state.Absence;
import io.risefall.schemas.state.Flapping;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateRecord;
import io.risefall.streams.model.StreamsSettings;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.processor.TrackHealth;
import io.risefall.streams.processor.WorkMetrics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** One life of the topology on the test driver; collects what stands on the output topics. */
final class TopologyRun implements AutoCloseable {
    /** So few that short stories have some. */
    private static final int CHECKPOINT_EVERY = 3;

    private final TopologyTestDriver driver;
    private final TestInputTopic<String, HealthEvent> events;
    private final TestInputTopic<String, ProcessActivity> signs;
    private final TestInputTopic<String, Absence> absences;
    private final Map<Topics, Map<String, byte[]>> outputs = new TreeMap<>();

    TopologyRun(Path stateDir) {
        this(stateDir, () -> 0);
    }

    /** @param nanoTime what ticks take for the clock */
    TopologyRun(Path stateDir, LongSupplier nanoTime) {
        Properties properties = HealthStreams.properties(StreamsSettings.of("localhost:1", stateDir));
        driver = new TopologyTestDriver(
                HealthTopology.build(Rules.DEFAULTS, TopicNames.PLAIN, CHECKPOINT_EVERY, nanoTime),
                properties,
                Story.START);
        events = driver.createInputTopic(
                Topics.EVENTS.topic(),
                new StringSerializer(),
                JsonSerde.of(HealthEvent.class).serializer());
        signs = driver.createInputTopic(
                Topics.SIGNS.topic(),
                new StringSerializer(),
                JsonSerde.of(ProcessActivity.class).serializer());
        absences = driver.createInputTopic(
                Topics.ABSENCES.topic(),
                new StringSerializer(),
                JsonSerde.of(Absence.class).serializer());
    }

    void pipe(HealthEvent event) {
        events.pipeInput(event.key().toString(), event);
    }

    void pipe(ProcessActivity sign) {
        signs.pipeInput(sign.key(), sign);
    }

    void pipe(Absence absence) {
        absences.pipeInput(absence.key(), absence);
    }

    void tick() {
        // The first tick finds events since the last one, the second finds a pause.
        driver.advanceWallClockTime(TrackHealth.TICK.plus(Duration.ofMillis(1)));
        driver.advanceWallClockTime(TrackHealth.TICK.plus(Duration.ofMillis(1)));
    }

    /** Lets the clock of this machine go on. */
    void advance(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** Forgets the records emitted so far. */
    void drain() {
        outputs();
        outputs.clear();
    }

    /** The keys of a store. */
    List<String> stored(String store) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, Object> all =
                driver.<String, Object>getKeyValueStore(store).all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    /** The value of one of {@link WorkMetrics}. */
    long metric(String name) {
        return driver.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().group().equals(WorkMetrics.GROUP)
                        && metric.getKey().name().equals(name))
                .mapToLong(metric -> ((Number) metric.getValue().metricValue()).longValue())
                .sum();
    }

    <V> KeyValueStore<String, V> store(String name) {
        return driver.getKeyValueStore(name);
    }

    Map<Topics, Map<String, byte[]>> outputs() {
        for (Topics topic : List.of(Topics.STATES, Topics.ROLLUPS, Topics.FLAPPING)) {
            Map<String, byte[]> records = outputs.computeIfAbsent(topic, any -> new TreeMap<>());
            driver
                    .createOutputTopic(topic.topic(), new StringDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList()
                    .stream()
                    .map((TestRecord<String, byte[]> record) -> KeyValue.pair(record.key(), record.value()))
                    .forEach(record -> {
                        if (record.value == null) {
                            records.remove(record.key);
                        } else {
                            records.put(record.key, record.value);
                        }
                    });
        }
        return outputs;
    }

    @Override
    public void close() {
        driver.close();
    }

    /** What follows, as {@link Story#render} writes it. */
    static String outcome(Path stateDir, List<HealthEvent> events) {
        try (TopologyRun run = new TopologyRun(stateDir)) {
            events.forEach(run::pipe);
            run.tick();
            return run.outcome();
        }
    }

    /** What was emitted so far, as {@link Story#render} writes it. */
    String outcome() {
        List<Object> values = new ArrayList<>();
        outputs().forEach((topic, records) -> records.forEach((key, bytes) -> values.add(read(topic, bytes))));
        return Story.render(values);
    }

    private static Object read(Topics topic, byte[] bytes) {
        return switch (topic) {
            case STATES -> JsonSerde.of(StateRecord.class).deserialize(topic.topic(), bytes);
            case ROLLUPS -> JsonSerde.of(Rollup.class).deserialize(topic.topic(), bytes);
            case FLAPPING -> JsonSerde.of(Flapping.class).deserialize(topic.topic(), bytes);
            case EVENTS, REJECTED, SIGNS, POSITIONS, ABSENCES, NOTES, SILENCES ->
                throw new IllegalArgumentException(topic.topic());
        };
    }

    /** All that stands on the output topics in the end, by key; a tick comes after every {@code tickEvery} lines. */
    static Map<String, String> outcome(Path stateDir, List<HealthEvent> events, int tickEvery) {
        try (TopologyRun run = new TopologyRun(stateDir)) {
            int piped = 0;
            for (HealthEvent event : events) {
                run.pipe(event);
                if (++piped % tickEvery == 0) {
                    run.tick();
                }
            }
            run.tick();
            Map<String, String> all = new TreeMap<>();
            run.outputs()
                    .values()
                    .forEach(records ->
                            records.forEach((key, value) -> all.put(key, new String(value, StandardCharsets.UTF_8))));
            return all;
        }
    }
}
