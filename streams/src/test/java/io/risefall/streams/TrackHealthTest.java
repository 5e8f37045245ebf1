package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.BackendEmpty;
import io.risefall.schemas.Flapping;
import io.risefall.schemas.Golden;
import io.risefall.schemas.HealthEvent;
import io.risefall.schemas.HealthMessage;
import io.risefall.schemas.JsonSerde;
import io.risefall.schemas.Origin;
import io.risefall.schemas.Rollup;
import io.risefall.schemas.SchemaCheck;
import io.risefall.schemas.Severity;
import io.risefall.schemas.StateRecord;
import io.risefall.schemas.Topics;
import io.risefall.streams.StreamsSettings.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The topology on the test driver: what stands on the output topics at the end, whatever came in which order. */
class TrackHealthTest {
    private static final List<String> RUNS = Golden.RUNS;

    private static final String STORY = """
            0 1 check pass 3/3 UP
            3 1 check fail 1/2 UP L4CON
            5 1 check fail 0/2 DOWN L4CON
            5 1 down left=0
            12 2 check fail 0/2 DOWN L4CON
            12.001 2 down left=0
            20 2 up left=1
            30 2 down L7STS left=0
            31 2 up left=1
            40 2 down L7STS left=0
            41 2 up left=1
            50 2 maint
            60 2 ready up
            61 2 down L4TOUT left=0
            """;

    @TempDir
    Path stateDir;

    @Test
    void theTopologyChangesOnlyOnPurpose() throws IOException {
        try (InputStream frozen = getClass().getResourceAsStream("/topology.txt")) {
            assertThat(HealthTopology.build(Rules.DEFAULTS).describe().toString())
                    .isEqualTo(new String(frozen.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void tellsTheStory() {
        assertThat(told(events(STORY))).isEqualTo("""
                        up 0..5, down 5..20, up 20..30, down 30..31, up 31..40, down 40..41, up 41..50, maint 50..60, up 60..61, down 61..
                        outage 5..20 up L4CON joined first 3 emptied
                        outage 30..31 up L7STS emptied
                        outage 40..41 up L7STS emptied
                        outage 61.. L4TOUT emptied
                        flapping 40 downs 4""");
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() {
        Map<String, String> expected = outcome(events(STORY), 1);
        Random random = new Random(42);
        for (int i = 0; i < 20; i++) {
            List<HealthEvent> shuffled = new ArrayList<>(events(STORY));
            Collections.shuffle(shuffled, random);
            assertThat(outcome(shuffled, 1 + random.nextInt(5))).isEqualTo(expected);
        }
    }

    @Test
    void replayedRecordsChangeNothing() {
        List<HealthEvent> twice = new ArrayList<>(events(STORY));
        twice.addAll(events(STORY));
        assertThat(outcome(twice, 3)).isEqualTo(outcome(events(STORY), 1));
    }

    @Test
    void aFlapWithinASecondSeenByTwoSourcesCountsOnce() {
        List<HealthEvent> precise =
                events("0 1 up\n5.1 1 down L4CON\n5.3 1 up\n5.5 1 down L4CON\n5.7 1 up\n9.25 1 down L7STS\n9.5 1 up");
        Map<String, String> expected = outcome(precise, 1);
        List<HealthEvent> whole = precise.stream()
                .map(event -> from("udp:relay", event, event.at().truncatedTo(ChronoUnit.SECONDS)))
                .toList();
        assertThat(outcome(concat(precise, whole), 1)).isEqualTo(expected);
        assertThat(outcome(concat(whole, precise), 1)).isEqualTo(expected);
        assertThat(told(whole))
                .as("real repeats within a second survive in a source of whole seconds")
                .contains("outage 5..5", "outage 9..9");
    }

    /** Seeded; what is generated stands in the failure. */
    @Test
    void moreSourcesOfTheSameLinesChangeNothing() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            List<HealthEvent> own = flaps(random);
            Map<String, String> expected = outcome(own, 1);
            List<HealthEvent> all = new ArrayList<>(own);
            all.addAll(relayed("udp:whole", own, random, 0, true));
            all.addAll(relayed("tcp:relay", own, random, 1 + random.nextInt(300), false));
            assertThat(outcome(all, 1 + random.nextInt(4)))
                    .as("one after the other, seed %d: %s", seed, own)
                    .isEqualTo(expected);
            Collections.shuffle(all, random);
            assertThat(outcome(all, 1 + random.nextInt(4)))
                    .as("shuffled, seed %d: %s", seed, own)
                    .isEqualTo(expected);
        }
    }

    /** A server that goes up and down fast and slowly, with the same words each time. */
    private static List<HealthEvent> flaps(Random random) {
        StringBuilder story = new StringBuilder("0 1 up\n");
        long millis = 3000;
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
            millis += 50 + random.nextInt(random.nextBoolean() ? 300 : 5000);
            story.append(millis / 1000.0).append(" 1 down L4CON\n");
            millis += 50 + random.nextInt(random.nextBoolean() ? 300 : 5000);
            story.append(millis / 1000.0).append(" 1 up\n");
        }
        return events(story.toString());
    }

    /** The same lines as another source has them: late by {@code delay}, perhaps in whole seconds, and not all of them. */
    private static List<HealthEvent> relayed(
            String source, List<HealthEvent> own, Random random, int delay, boolean whole) {
        return own.stream()
                .filter(event -> random.nextInt(5) > 0)
                .map(event -> from(
                        source,
                        event,
                        whole
                                ? event.at().truncatedTo(ChronoUnit.SECONDS)
                                : event.at().plusMillis(delay)))
                .toList();
    }

    private static HealthEvent from(String source, HealthEvent event, Instant at) {
        Origin origin = new Origin(source, event.origin().position(), 0, null);
        return new HealthEvent(
                at,
                true,
                at,
                event.node(),
                event.pid(),
                event.tag(),
                event.severity(),
                event.message(),
                event.text(),
                event.line(),
                origin);
    }

    private static List<HealthEvent> concat(List<HealthEvent> first, List<HealthEvent> second) {
        List<HealthEvent> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    @Test
    void linesTooOldToCorrectAreFoldedAndTheRestStaysTheSame() {
        String weeks = """
                0 1 down L4CON
                10 1 up
                400000 1 down L4CON
                400010 1 up
                1200000 1 down L4CON
                1200010 1 up
                """;
        assertThat(told(events(weeks))).isEqualTo("""
                        down 0..10, up 10..400000, down 400000..400010, up 400010..1200000, down 1200000..1200010, up 1200010..
                        outage 0..10 up L4CON
                        outage 400000..400010 up L4CON
                        outage 1200000..1200010 up L4CON""");
    }

    @Test
    void everyRecordFitsItsSchema() {
        try (Run run = new Run()) {
            events(STORY).forEach(run::pipe);
            run.tick();
            run.outputs()
                    .forEach((topic, records) ->
                            records.values().forEach(bytes -> SchemaCheck.assertValid(topic, bytes)));
        }
    }

    @ParameterizedTest
    @FieldSource("RUNS")
    void statesOfTheCorpus(String name) throws IOException {
        try (Run run = new Run()) {
            JsonSerde<HealthEvent> serde = JsonSerde.of(HealthEvent.class);
            for (String line : Golden.lines(name, "events.jsonl")) {
                run.pipe(serde.deserialize(Topics.EVENTS.topic(), line.getBytes(StandardCharsets.UTF_8)));
            }
            run.tick();
            List<String> made = new ArrayList<>();
            run.outputs()
                    .forEach((topic, records) ->
                            records.forEach((key, value) -> made.add(topic + "\t" + key + "\t" + Golden.line(value))));
            Golden.check(name, "states.jsonl", made);
        }
    }

    @Test
    void aBackendWithoutServersIsToldOnce() {
        List<HealthEvent> events = new ArrayList<>(events("0 1 up left=1\n5 1 down L4CON left=0"));
        events.add(event(2, Story.at("5"), 1L, new BackendEmpty("web", "backend")));
        events.add(event(3, Story.at("5"), 1L, new BackendEmpty("web", "backend")));
        events.addAll(events("9 1 up left=1"));
        try (Run run = new Run()) {
            events.forEach(run::pipe);
            run.tick();
            assertThat(run.outputs().get(Topics.STATES).keySet())
                    .filteredOn(key -> key.contains("backend-outage"))
                    .hasSize(1);
        }
    }

    @Test
    void aPlantedDownIsFoundOutByTheLineThatIsMissing() {
        List<HealthEvent> events = new ArrayList<>(events("0 1 up left=3"));
        events.add(event(1, Story.at("5"), 1L, null, Story.message("5 1 down L7TOUT left=0".split(" "))));
        assertThat(told(events)).isEqualTo("up 0..");

        events.add(event(2, Story.at("5"), 1L, null, new BackendEmpty("web", "backend")));
        assertThat(told(events)).startsWith("up 0..5, down 5..\n");
    }

    @Test
    void aPlantedDownIsFoundOutByItsReason() {
        List<HealthEvent> events = new ArrayList<>(events("0 1 check pass 3/3 UP"));
        events.add(event(1, Story.at("5"), 1L, null, Story.message("5 1 down L7TOUT left=2".split(" "))));
        assertThat(told(events)).isEqualTo("up 0..");
    }

    private String told(List<HealthEvent> events) {
        try (Run run = new Run()) {
            events.forEach(run::pipe);
            run.tick();
            List<Object> values = new ArrayList<>();
            run.outputs().forEach((topic, records) -> records.forEach((key, bytes) -> values.add(read(topic, bytes))));
            return Story.render(values);
        }
    }

    private static Object read(Topics topic, byte[] bytes) {
        return switch (topic) {
            case STATES -> JsonSerde.of(StateRecord.class).deserialize(topic.topic(), bytes);
            case ROLLUPS -> JsonSerde.of(Rollup.class).deserialize(topic.topic(), bytes);
            case FLAPPING -> JsonSerde.of(Flapping.class).deserialize(topic.topic(), bytes);
            case EVENTS, REJECTED, POSITIONS -> throw new IllegalArgumentException(topic.topic());
        };
    }

    private Map<String, String> outcome(List<HealthEvent> events, int tickEvery) {
        try (Run run = new Run()) {
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

    private static List<HealthEvent> events(String story) {
        List<HealthEvent> events = new ArrayList<>();
        for (String line : story.lines().toList()) {
            String[] parts = line.trim().split("\\s+");
            events.add(event(events.size(), Story.at(parts[0]), Long.valueOf(parts[1]), Story.message(parts)));
        }
        return events;
    }

    private static HealthEvent event(long position, Instant at, Long pid, HealthMessage message) {
        return event(position, at, pid, Severity.NOTICE, message);
    }

    private static HealthEvent event(long position, Instant at, Long pid, Severity severity, HealthMessage message) {
        return new HealthEvent(
                at,
                true,
                at,
                Story.NODE,
                pid,
                "haproxy",
                severity,
                message,
                "text",
                "line",
                new Origin("file:/var/log/haproxy.log", position, 0, null));
    }

    /** One life of the topology; collects what stands on the output topics. */
    private final class Run implements AutoCloseable {
        private final TopologyTestDriver driver;
        private final Map<Topics, Map<String, byte[]>> outputs = new TreeMap<>();

        Run() {
            Properties properties = HealthStreams.properties(StreamsSettings.of("localhost:1", stateDir));
            driver = new TopologyTestDriver(HealthTopology.build(Rules.DEFAULTS), properties, Story.START);
        }

        void pipe(HealthEvent event) {
            driver.createInputTopic(
                            Topics.EVENTS.topic(),
                            new StringSerializer(),
                            JsonSerde.of(HealthEvent.class).serializer())
                    .pipeInput(event.key().toString(), event);
        }

        void tick() {
            // The first tick finds events since the last one, the second finds a pause.
            driver.advanceWallClockTime(TrackHealth.TICK.plus(Duration.ofMillis(1)));
            driver.advanceWallClockTime(TrackHealth.TICK.plus(Duration.ofMillis(1)));
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
    }
}
