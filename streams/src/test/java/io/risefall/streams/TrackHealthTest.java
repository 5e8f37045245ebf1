package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.Golden;
import io.risefall.schemas.SchemaCheck;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.TopicNames;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.ProxyNotice;
import io.risefall.schemas.state.BackendOutage;
import io.risefall.schemas.state.Evidence;
import io.risefall.schemas.state.Provenance;
import io.risefall.schemas.state.StateRecord;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.Slow;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.processor.TrackHealth;
import io.risefall.streams.store.Names;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The topology on the test driver: what stands on the output topics at the end, whatever came in which order. */
@Slow
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
            assertThat(HealthTopology.build(Rules.DEFAULTS, TopicNames.PLAIN)
                            .describe()
                            .toString())
                    .isEqualTo(new String(frozen.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void tellsTheStory() {
        assertThat(TopologyRun.outcome(stateDir, Story.events(STORY))).isEqualTo("""
                        up 0..5, down 5..20, up 20..30, down 30..31, up 31..40, down 40..41, up 41..50, maint 50..60, up 60..61, down 61..
                        outage 5..20 up L4CON joined first 3 emptied
                        outage 30..31 up L7STS emptied
                        outage 40..41 up L7STS emptied
                        outage 61.. L4TOUT emptied
                        flapping 40 downs 4""");
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() {
        Map<String, String> expected = TopologyRun.outcome(stateDir, Story.events(STORY), 1);
        Random random = new Random(42);
        for (int i = 0; i < Length.of(3, 20); i++) {
            List<HealthEvent> shuffled = new ArrayList<>(Story.events(STORY));
            Collections.shuffle(shuffled, random);
            assertThat(TopologyRun.outcome(stateDir, shuffled, 1 + random.nextInt(5)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void replayedRecordsChangeNothing() {
        List<HealthEvent> twice = new ArrayList<>(Story.events(STORY));
        twice.addAll(Story.events(STORY));
        assertThat(TopologyRun.outcome(stateDir, twice, 3))
                .isEqualTo(TopologyRun.outcome(stateDir, Story.events(STORY), 1));
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
        assertThat(TopologyRun.outcome(stateDir, Story.events(weeks))).isEqualTo("""
                        down 0..10, up 10..400000, down 400000..400010, up 400010..1200000, down 1200000..1200010, up 1200010..
                        outage 0..10 up L4CON
                        outage 400000..400010 up L4CON
                        outage 1200000..1200010 up L4CON""");
    }

    @Test
    void everyRecordFitsItsSchema() {
        try (TopologyRun run = new TopologyRun(stateDir)) {
            Story.events(STORY).forEach(run::pipe);
            run.tick();
            run.outputs()
                    .forEach((topic, records) ->
                            records.values().forEach(bytes -> SchemaCheck.assertValid(topic, bytes)));
        }
    }

    @ParameterizedTest
    @FieldSource("RUNS")
    void statesOfTheCorpus(String name) throws IOException {
        try (TopologyRun run = new TopologyRun(stateDir)) {
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

    /** A transaction must end soon: what one tick does not get to is left to the next one, and nothing else changes. */
    @Test
    void whatOneTickDoesNotGetToTheNextOnesDo() throws IOException {
        List<HealthEvent> late = new ArrayList<>();
        JsonSerde<HealthEvent> serde = JsonSerde.of(HealthEvent.class);
        for (String line : Golden.lines(RUNS.get(0), "events.jsonl")) {
            late.add(0, serde.deserialize(Topics.EVENTS.topic(), line.getBytes(StandardCharsets.UTF_8)));
        }
        String atOnce = TopologyRun.outcome(stateDir.resolve("at-once"), late);
        AtomicLong clock = new AtomicLong();
        long slow = TrackHealth.TICK_AT_MOST.toNanos() + 1;
        try (TopologyRun run = new TopologyRun(stateDir.resolve("slow"), () -> clock.getAndAdd(slow))) {
            late.forEach(run::pipe);
            run.tick();
            int pending = run.stored(Names.CORRECTIONS).size();
            assertThat(pending).as("left to later ticks").isGreaterThan(2);
            for (int tick = 0; tick < pending; tick++) {
                run.tick();
            }
            assertThat(run.stored(Names.CORRECTIONS)).isEmpty();
            assertThat(run.outcome()).isEqualTo(atOnce);
        }
    }

    @Test
    void aBackendWithoutServersIsToldOnce() {
        List<HealthEvent> events = new ArrayList<>(Story.events("0 1 up left=1\n5 1 down L4CON left=0"));
        events.add(Story.event(2, Story.at("5"), 1L, new BackendEmpty("web", "backend")));
        events.add(Story.event(3, Story.at("5"), 1L, new BackendEmpty("web", "backend")));
        events.addAll(Story.events("9 1 up left=1"));
        try (TopologyRun run = new TopologyRun(stateDir)) {
            events.forEach(run::pipe);
            run.tick();
            assertThat(run.outputs().get(Topics.STATES).keySet())
                    .filteredOn(key -> key.contains("backend-outage"))
                    .hasSize(1);
        }
    }

    /** It counts its servers down while it reads its server-state file: two of three, one, none. */
    @Test
    void aBackendStaysEmptyWhereANewProcessTookThatOver() {
        List<HealthEvent> events = new ArrayList<>(Story.events("0 1 up left=1\n5 1 down L4CON left=0"));
        events.add(Story.event(2, Story.at("5"), 1L, new BackendEmpty("web", "backend")));
        events.addAll(Story.events("10 2 down state-file left=1\n20 2 up left=1"));
        try (TopologyRun run = new TopologyRun(stateDir)) {
            events.forEach(run::pipe);
            run.tick();
            assertThat(run.outputs().get(Topics.STATES).entrySet())
                    .filteredOn(record -> record.getKey().contains("backend-outage"))
                    .extracting(record ->
                            JsonSerde.of(StateRecord.class).deserialize(Topics.STATES.topic(), record.getValue()))
                    .containsExactly(new BackendOutage(
                            Story.NODE,
                            "web",
                            Story.at("5"),
                            Story.at("20"),
                            Provenance.of(evidence(Evidence.Role.OPENED, 2), evidence(Evidence.Role.CLOSED, 1))));
        }
    }

    private static Evidence evidence(Evidence.Role role, long position) {
        return Evidence.of(role, new LinePosition("file:/var/log/haproxy.log", position, 0), Story.START);
    }

    @Test
    void whatAProcessTookOverIsNoPlantedLine() {
        List<HealthEvent> events = new ArrayList<>();
        events.add(Story.event(0, Story.at("0"), 1L, null, Story.message("0 1 maint".split(" "))));
        events.add(Story.event(1, Story.at("5"), 2L, null, Story.message("5 2 down state-file left=0".split(" "))));
        assertThat(TopologyRun.outcome(stateDir, events)).isEqualTo("maint 0..");
    }

    @Test
    void aReloadIsSeenWithoutPidsWhereLinesGoOnAfterAStop() {
        List<HealthEvent> events = new ArrayList<>(
                List.of(withoutPid("0 - maint"), stopped("5"), withoutPid("60 - down L4CON"), withoutPid("63 - up")));
        String expected = "maint 0..5, up 5..60, down 60..63, up 63..\noutage 60..63 up L4CON";
        assertThat(TopologyRun.outcome(stateDir, events)).isEqualTo(expected);
        Map<String, String> outcome = TopologyRun.outcome(stateDir, events, 1);
        Random random = new Random(3);
        for (int i = 0; i < Length.of(3, 20); i++) {
            Collections.shuffle(events, random);
            assertThat(TopologyRun.outcome(stateDir, events, 1 + i % 4)).isEqualTo(outcome);
        }
    }

    @Test
    void whatIsNotSaidAfterAReloadWithoutPidsIsNotKnown() {
        assertThat(TopologyRun.outcome(
                        stateDir,
                        List.of(
                                withoutPid("0 - down L4CON"),
                                stopped("5"),
                                Story.event(2, Story.at("60"), null, null, new BackendEmpty("api", "backend")))))
                .isEqualTo("down 0..5, unknown 5..\noutage 0..5 unknown L4CON uncertain");
    }

    @Test
    void theLastStopWithoutAPidEndsNoOutage() {
        assertThat(TopologyRun.outcome(stateDir, List.of(withoutPid("0 - down L4CON"), stopped("5"))))
                .isEqualTo("down 0..\noutage 0.. L4CON");
        assertThat(TopologyRun.outcome(stateDir, List.of(withoutPid("0 - up"), stopped("5"))))
                .isEqualTo("up 0..5, unknown 5..");
    }

    private static HealthEvent withoutPid(String line) {
        String[] parts = line.split(" ");
        return Story.event(Long.parseLong(parts[0]), Story.at(parts[0]), null, null, Story.message(parts));
    }

    private static HealthEvent stopped(String seconds) {
        return Story.event(
                Long.parseLong(seconds),
                Story.at(seconds),
                null,
                null,
                new ProxyNotice("web", ProxyNotice.What.STOPPED, null, List.of(0L, 4L), ProxyNotice.CUMULATED));
    }

    @Test
    void aPlantedDownIsFoundOutByTheLineThatIsMissing() {
        List<HealthEvent> events = new ArrayList<>(Story.events("0 1 up left=3"));
        events.add(Story.event(1, Story.at("5"), 1L, null, Story.message("5 1 down L7TOUT left=0".split(" "))));
        assertThat(TopologyRun.outcome(stateDir, events)).isEqualTo("up 0..");

        events.add(Story.event(2, Story.at("5"), 1L, null, new BackendEmpty("web", "backend")));
        assertThat(TopologyRun.outcome(stateDir, events)).startsWith("up 0..5, down 5..\n");
    }

    @Test
    void aPlantedDownIsFoundOutWhereTheLogHasNoPids() {
        List<HealthEvent> events = new ArrayList<>();
        events.add(Story.event(0, Story.at("0"), null, null, Story.message("0 - up left=3".split(" "))));
        events.add(Story.event(1, Story.at("5"), null, null, Story.message("5 - down L7TOUT left=0".split(" "))));
        assertThat(TopologyRun.outcome(stateDir, events)).isEqualTo("up 0..");

        events.add(Story.event(2, Story.at("5"), null, null, new BackendEmpty("web", "backend")));
        assertThat(TopologyRun.outcome(stateDir, events)).startsWith("up 0..5, down 5..\n");
    }

    @Test
    void anUpProvesTheDownBeforeIt() {
        List<HealthEvent> events = new ArrayList<>(Story.events("0 1 up left=3"));
        events.add(Story.event(1, Story.at("5"), 1L, null, Story.message("5 1 down L7TOUT left=0".split(" "))));
        events.add(Story.event(2, Story.at("9"), 1L, null, Story.message("9 1 up left=1".split(" "))));
        assertThat(TopologyRun.outcome(stateDir, events, 1))
                .as("replayed at once and in pieces")
                .isEqualTo(TopologyRun.outcome(stateDir, events, 9));
        assertThat(TopologyRun.outcome(stateDir, events)).startsWith("up 0..5, down 5..9, up 9..\n");
    }

    @Test
    void aPlantedDownIsFoundOutByItsReason() {
        List<HealthEvent> events = new ArrayList<>(Story.events("0 1 check pass 3/3 UP"));
        events.add(Story.event(1, Story.at("5"), 1L, null, Story.message("5 1 down L7TOUT left=2".split(" "))));
        assertThat(TopologyRun.outcome(stateDir, events)).isEqualTo("up 0..");
    }

    /** Where HAProxy's log is capped at the level of traffic. */
    @ParameterizedTest
    @EnumSource(
            value = Severity.class,
            names = {"ERR", "INFO", "DEBUG"})
    void aDownWithTheSeverityOfTrafficNeedsTheSameProof(Severity severity) {
        List<HealthEvent> events = new ArrayList<>(Story.events("0 1 up left=3"));
        events.add(Story.event(1, Story.at("5"), 1L, severity, Story.message("5 1 down L7TOUT left=0".split(" "))));
        assertThat(TopologyRun.outcome(stateDir, events)).isEqualTo("up 0..");

        events.add(Story.event(2, Story.at("5"), 1L, severity, new BackendEmpty("web", "backend")));
        assertThat(TopologyRun.outcome(stateDir, events)).startsWith("up 0..5, down 5..\n");
    }
}
