package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.Topics;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.suite.Slow;
import io.risefall.streams.store.Names;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored and emitted of servers that have expired. */
@Slow
class EntityExpiryTest {
    private static final Duration GONE = Duration.ofDays(31);

    @TempDir
    Path folder;

    @Test
    void aServerThatTheNextProcessNeverNamedIsGoneAfterAMonth() {
        try (TopologyRun run = new TopologyRun(folder)) {
            List<HealthEvent> events = Story.events("""
                    0 1 up
                    5 1 down L4CON
                    8 1 up
                    """);
            events.forEach(run::pipe);
            run.tick();
            assertThat(run.stored(Names.HISTORIES)).containsExactly("lb1/web/", "lb1/web/s1");

            run.pipe(Story.aboutOther(9, "" + GONE.toSeconds(), 2));
            run.advance(GONE);
            run.tick();
            assertThat(run.stored(Names.HISTORIES)).hasSize(1);
            assertThat(run.stored(Names.LINES)).hasSize(1);
            assertThat(run.outputs().get(Topics.STATES).entrySet())
                    .as("its last interval is closed, and stays")
                    .anyMatch(record -> record.getKey().contains("web/s1/state")
                            && text(record).contains("\"state\":\"up\"")
                            && text(record).contains("\"fromAt\":\"" + Story.at("8") + "\"")
                            && text(record)
                                    .contains("\"toAt\":\"" + Story.at("8").plus(Duration.ofDays(30)) + "\""));
        }
    }

    @Test
    void aSteadyServerIsSilentAndNotGone() {
        try (TopologyRun run = new TopologyRun(folder)) {
            Story.events("0 1 up").forEach(run::pipe);
            run.tick();
            run.pipe(Story.aboutOther(9, "" + GONE.toSeconds(), 1));
            run.tick();
            run.advance(GONE);
            run.tick();

            assertThat(run.stored(Names.HISTORIES)).hasSize(2);
        }
    }

    @Test
    void aNodeThatIsSilentForAYearLeavesNothing() {
        try (TopologyRun run = new TopologyRun(folder)) {
            Story.events("""
                    0 1 up
                    5 1 down L4CON
                    """).forEach(run::pipe);
            run.tick();
            run.advance(GONE.multipliedBy(12));
            run.tick();
            run.tick();

            for (String store :
                    List.of(Names.HISTORIES, Names.LINES, Names.EMITTED, Names.PROCESSES, Names.FACTS, Names.NODES)) {
                assertThat(run.stored(store)).as(store).isEmpty();
            }
            assertThat(run.outputs().get(Topics.STATES).entrySet())
                    .anyMatch(record ->
                            record.getKey().contains("/outage/") && text(record).contains("\"endedBy\":\"unknown\""));
        }
    }

    @Test
    void whoComesBackBeginsAnew() {
        try (TopologyRun run = new TopologyRun(folder)) {
            Story.events("0 1 up").forEach(run::pipe);
            run.tick();
            run.advance(GONE.multipliedBy(12));
            run.tick();
            run.tick();
            Story.events(GONE.toSeconds() + " 2 down L4CON").forEach(run::pipe);
            run.tick();

            assertThat(run.outcome()).isEqualTo("""
                    up 0..0, down 2678400..
                    outage 2678400.. L4CON""");
        }
    }

    @Test
    void linesThatComeTooLateAreCounted() {
        try (TopologyRun run = new TopologyRun(folder)) {
            long weeks = Duration.ofDays(20).toSeconds();
            Story.events("0 1 up\n" + weeks + " 1 down L4CON\n" + (weeks + 9) + " 1 up")
                    .forEach(run::pipe);
            run.tick();
            Story.events("7 1 down L4TOUT\n8 1 up").forEach(run::pipe);
            run.tick();

            String emitted = run.outputs().get(Topics.STATES).entrySet().stream()
                    .filter(record -> record.getKey().contains("corrections"))
                    .map(EntityExpiryTest::text)
                    .findFirst()
                    .orElseThrow();
            assertThat(emitted)
                    .contains(
                            "\"reachMillis\":604800000",
                            "\"tooLate\":2",
                            Story.at("8").toString());
        }
    }

    private static String text(Map.Entry<String, byte[]> record) {
        return new String(record.getValue(), StandardCharsets.UTF_8);
    }
}
